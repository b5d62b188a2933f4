//! `space door`: run it, or try a credential on it.

mod machine;
mod run;
mod r#try;

use std::process::ExitCode;

use clap::Subcommand;

use super::{CliError, Context};
use crate::door::DoorError;

/// The verbs of `space door`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Run the doors of this machine
    Run(run::Args),
    /// Say what a reading would get; nothing moves
    Try(r#try::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<ExitCode, CliError> {
    match verb {
        Verb::Run(args) => run::run(ctx, args).map(|()| ExitCode::SUCCESS),
        Verb::Try(args) => r#try::run(ctx, &args),
    }
}

impl From<DoorError> for CliError {
    fn from(error: DoorError) -> Self {
        let hint = error.hint();
        let mut made = match error {
            DoorError::Store(error) => Self::from(error),
            other => Self::internal(other.to_string()),
        };
        made.hint = hint;
        made
    }
}
