//! `space dues`: what members owe, and how it is made up.

mod explain;
mod review;
mod show;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<view::DuesView>>("dues show"),
    AnswerSchema::of::<Vec<view::DuesLineView>>("dues explain"),
    AnswerSchema::of::<Vec<view::UnderpaymentView>>("dues review"),
];

/// The verbs of `space dues`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Show what members owe
    Show(show::Args),
    /// Show how the dues are made up, line by line
    Explain(explain::Args),
    /// List who pays less than is due now
    Review(review::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Explain(args) => explain::run(ctx, &args),
        Verb::Review(args) => review::run(ctx, &args),
    }
}
