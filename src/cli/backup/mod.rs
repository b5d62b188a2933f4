//! `space backup`: proves that a copy can be restored.

mod verify;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space backup`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Prove that a copy can be restored, and say how old it is
    Verify(verify::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Verify(args) => verify::run(ctx, &args),
    }
}
