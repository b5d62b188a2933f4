//! `space settings`: what applies to the whole space.

mod alarms;
mod edit;
mod joining;
mod keep;
mod own;
mod show;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::domain::model::Space;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] =
    &[AnswerSchema::of::<Space>("settings show"), AnswerSchema::of::<WriteAnswer>("settings edit")];

/// The verbs of `space settings`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Show the settings
    Show(show::Args),
    /// Change settings; those not given stay as they are
    Edit(Box<edit::Args>),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Edit(args) => edit::run(ctx, *args),
    }
}
