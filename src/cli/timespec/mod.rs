//! `space timespec`: tries out calendars before they guard a door.

mod test;

use std::process::ExitCode;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf};
use super::{CliError, Context};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] =
    &[AnswerSchema::of::<OneOf<Vec<test::Row>, test::Refused>>("timespec test")];

/// The verbs of `space timespec`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Test whether a timespec is active at given moments, or what is wrong with it
    Test(test::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    match verb {
        Verb::Test(args) => test::run(ctx, args),
    }
}
