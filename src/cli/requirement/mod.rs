//! `space requirement`: the priority that a facility demands, and when.

mod add;
mod arm;
mod list;
mod preview;
mod revoke;
mod set;
mod show;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("requirement add"),
    AnswerSchema::of::<WriteAnswer>("requirement set"),
    AnswerSchema::of::<Vec<view::RequirementView>>("requirement list"),
    AnswerSchema::of::<show::Shown>("requirement show"),
    AnswerSchema::of::<WriteAnswer>("requirement revoke"),
    AnswerSchema::of::<Vec<view::WindowView>>("requirement preview"),
];

/// The verbs of `space requirement`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a requirement to a facility
    Add(add::Args),
    /// Change the requirement with this tag, or add it
    Set(set::Args),
    /// List requirements, and which are active now
    List(list::Args),
    /// Show a requirement with its calendar
    Show(show::Args),
    /// Revoke a requirement
    Revoke(revoke::Args),
    /// List when requirements will be active next
    Preview(preview::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Set(args) => set::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
        Verb::Preview(args) => preview::run(ctx, &args),
    }
}
