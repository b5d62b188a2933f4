//! `space tier`: kinds of membership and their prices.

mod add;
mod edit;
mod list;
mod remove;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("tier add"),
    AnswerSchema::of::<WriteAnswer>("tier edit"),
    AnswerSchema::of::<Vec<view::TierView>>("tier list"),
    AnswerSchema::of::<WriteAnswer>("tier remove"),
];

/// The verbs of `space tier`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a tier
    Add(add::Args),
    /// Change a tier
    Edit(edit::Args),
    /// List the tiers
    List(list::Args),
    /// Remove a tier that no member has
    Remove(remove::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Edit(args) => edit::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Remove(args) => remove::run(ctx, &args),
    }
}
