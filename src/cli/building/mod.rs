//! `space building`: measures the building, and tells about alarms.

mod place;
mod run;
mod status;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::config::BuildingState;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[AnswerSchema::of::<BuildingState>("building status")];

/// The verbs of `space building`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Measure, tell about alarms and speak with a broker until stopped
    Run(run::Args),
    /// Show meters, zones and alarms as they are now
    Status(status::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Run(args) => run::run(ctx, &args),
        Verb::Status(args) => status::run(ctx, &args),
    }
}
