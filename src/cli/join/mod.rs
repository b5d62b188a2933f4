//! `space join`: what waits to be decided: people who applied on the web, and what members ask for.

mod accept;
mod decline;
mod find;
mod list;
mod show;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<view::WaitingView>>("join list"),
    AnswerSchema::of::<OneOf<show::Shown, WriteAnswer>>("join show"),
    AnswerSchema::of::<accept::Accepted>("join accept"),
    AnswerSchema::of::<decline::Declined>("join decline"),
];

/// The verbs of `space join`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// List who has applied, and what members ask for
    List(list::Args),
    /// Show an application, or what a request would change
    Show(show::Args),
    /// Make members of those who applied, or do what a member asks for
    Accept(accept::Args),
    /// Decline an application or a request, with a mail
    Decline(decline::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Accept(args) => accept::run(ctx, &args),
        Verb::Decline(args) => decline::run(ctx, &args),
    }
}
