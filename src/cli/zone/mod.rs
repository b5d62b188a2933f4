//! `space zone`: what is heated together, how warm and when.

mod add;
mod edit;
mod list;
mod preview;
mod remove;
mod rows;
mod show;
mod wish;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("zone add"),
    AnswerSchema::of::<WriteAnswer>("zone edit"),
    AnswerSchema::of::<view::ZoneView>("zone show"),
    AnswerSchema::of::<Vec<view::ZoneView>>("zone list"),
    AnswerSchema::of::<Vec<view::StretchView>>("zone preview"),
    AnswerSchema::of::<WriteAnswer>("zone remove"),
];

/// The verbs of `space zone`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a zone
    Add(add::Args),
    /// Change a zone, or add a wish for heat
    Edit(edit::Args),
    /// Show a zone, its wishes and its meters
    Show(show::Args),
    /// List the zones, how warm they are and should be
    List(list::Args),
    /// List how warm a zone should be over the next day, and why
    Preview(preview::Args),
    /// Remove a zone
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
        Verb::Show(args) => show::run(ctx, &args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Preview(args) => preview::run(ctx, &args),
        Verb::Remove(args) => remove::run(ctx, &args),
    }
}
