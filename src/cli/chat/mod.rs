//! `space chat`: posts in chats what happens, and answers commands there.

mod report_failure;
mod run;
mod status;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<status::Shown>("chat status"),
    AnswerSchema::of::<report_failure::Reported>("chat report-failure"),
];

/// The verbs of `space chat`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Post what happens and answer commands until stopped
    Run(run::Args),
    /// Show whether the program works, and what has not been posted yet
    Status(status::Args),
    /// Let the program post that something failed, such as a backup
    ReportFailure(report_failure::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Run(args) => run::run(ctx, &args),
        Verb::Status(args) => status::run(ctx, &args),
        Verb::ReportFailure(args) => report_failure::run(ctx, &args),
    }
}
