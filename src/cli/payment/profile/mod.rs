//! `space payment profile`: how the tables of banks are laid out.

mod list;
mod new;
mod show;

use clap::Subcommand;

use crate::cli::{CliError, Context};

/// The verbs of `space payment profile`.
#[derive(Subcommand, Debug)]
pub(in crate::cli) enum Verb {
    /// List the profiles of the space and of the program
    List(list::Args),
    /// Show a profile as it is in a file
    Show(show::Args),
    /// Guess the profile of a bank's table, and keep it
    New(new::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::New(args) => new::run(ctx, args),
    }
}
