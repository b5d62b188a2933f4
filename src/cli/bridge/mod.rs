//! `space bridge`: exchanges messages with a membership system.

mod confirm;
mod place;
mod run;
mod status;
mod r#try;

use std::process::ExitCode;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::bridge::Inspection;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Inspection>("bridge status"),
    AnswerSchema::of::<confirm::Confirmed>("bridge confirm"),
    AnswerSchema::of::<r#try::Tried>("bridge try"),
];

/// The verbs of `space bridge`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Receive messages and send activities until stopped
    Run(run::Args),
    /// Show whether the bridge works, and what waits
    Status(status::Args),
    /// Let the bridge make a change that takes access from many
    Confirm(confirm::Args),
    /// Show what would become of a message, and write nothing
    Try(r#try::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    let done = |()| ExitCode::SUCCESS;
    match verb {
        Verb::Run(args) => run::run(ctx, &args).map(done),
        Verb::Status(args) => status::run(ctx, &args).map(done),
        Verb::Confirm(args) => confirm::run(ctx, &args).map(done),
        Verb::Try(args) => r#try::run(ctx, &args),
    }
}
