//! `space key`: the secret by which codes are hashed. It never lies in the versioned files.

mod export;
mod import;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space key`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Print the key, to carry it to another machine or to a safe
    Export,
    /// Take over the key of this space from a file or standard input
    Import(import::Args),
    /// Say whether this machine has the right key, without showing it
    Show,
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Export => export::run(ctx),
        Verb::Import(args) => import::run(ctx, args),
        Verb::Show => show::run(ctx),
    }
}
