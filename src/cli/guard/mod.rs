//! `space guard`: the furnace guard, which no network overrides.

mod chart;
mod off;
mod picture;
mod place;
mod run;
mod simulate;
mod status;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::{config::GuardState, guard::simulation::Day};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<GuardState>("guard status"),
    AnswerSchema::of::<off::Off>("guard off"),
    AnswerSchema::of::<Day>("guard simulate"),
];

/// The verbs of `space guard`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Guard the furnace until stopped
    Run(run::Args),
    /// Show what the guard says about itself
    Status(status::Args),
    /// Open the relay, so that heat is off
    Off(off::Args),
    /// Let the guard work on a simulated day, and attack it
    Simulate(simulate::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Run(args) => run::run(ctx, &args),
        Verb::Status(args) => status::run(ctx, &args),
        Verb::Off(args) => off::run(ctx, &args),
        Verb::Simulate(args) => simulate::run(ctx, &args),
    }
}
