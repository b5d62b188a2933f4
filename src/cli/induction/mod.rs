//! `space induction`: who was shown how to use what, and by whom.

mod add;
mod list;
mod revoke;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("induction add"),
    AnswerSchema::of::<Vec<view::InductionView>>("induction list"),
    AnswerSchema::of::<WriteAnswer>("induction revoke"),
];

/// The verbs of `space induction`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Record that a member was inducted to a facility
    Add(add::Args),
    /// List inductions
    List(list::Args),
    /// Revoke an induction
    Revoke(revoke::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
    }
}
