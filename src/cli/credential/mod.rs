//! `space credential`: the fobs and passcodes of members.

mod add;
mod edit;
mod grant;
mod held;
mod list;
mod many;
mod replace;
mod revoke;
mod show;
mod ungrant;
mod window;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("credential add"),
    AnswerSchema::of::<Vec<view::CredentialView>>("credential list"),
    AnswerSchema::of::<show::Shown>("credential show"),
    AnswerSchema::of::<WriteAnswer>("credential grant"),
    AnswerSchema::of::<WriteAnswer>("credential ungrant"),
    AnswerSchema::of::<WriteAnswer>("credential edit"),
    AnswerSchema::of::<WriteAnswer>("credential revoke"),
    AnswerSchema::of::<WriteAnswer>("credential replace"),
];

/// The verbs of `space credential`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Give a member a fob or a passcode
    Add(add::Args),
    /// List credentials: all, or those of one member or facility
    List(list::Args),
    /// Show a credential: whose it is, what it opens, who issued it
    Show(show::Args),
    /// Let fobs that a member already holds open more
    Grant(grant::Args),
    /// Take facilities away from a fob that stays with its member
    Ungrant(ungrant::Args),
    /// Change the priority or the time of grants
    Edit(edit::Args),
    /// Revoke credentials
    Revoke(revoke::Args),
    /// Replace a fob or passcode with another; the grants stay as they are
    Replace(replace::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Grant(args) => grant::run(ctx, &args),
        Verb::Ungrant(args) => ungrant::run(ctx, &args),
        Verb::Edit(args) => edit::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
        Verb::Replace(args) => replace::run(ctx, args),
    }
}
