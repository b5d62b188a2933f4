//! `space timespec`: calendars, before they guard a door.

mod test;

use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space timespec`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Say whether a timespec is on at given moments, or what is wrong with it
    Test(test::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    match verb {
        Verb::Test(args) => test::run(ctx, args),
    }
}
