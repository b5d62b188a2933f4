//! `space web`: the panel for volunteers, and the interfaces for controllers and programs.

mod password;
mod run;
mod token;

use std::process::ExitCode;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<password::Password>("web password"),
    AnswerSchema::of::<token::Token>("web token"),
];

/// The verbs of `space web`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Serve pages and answers until stopped
    Run(run::Args),
    /// Print the hash of a password, for the configuration
    Password(password::Args),
    /// Make a token for a program, and print it with the lines for the configuration
    Token(token::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    let done = |()| ExitCode::SUCCESS;
    match verb {
        Verb::Run(args) => run::run(ctx, args).map(done),
        Verb::Password(args) => password::run(ctx, &args).map(done),
        Verb::Token(args) => token::run(ctx, &args).map(done),
    }
}
