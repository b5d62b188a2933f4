//! `space settings`: what holds for the whole space.

mod edit;
mod keep;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space settings`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Show the settings
    Show,
    /// Change settings; what is not given stays as it is
    Edit(Box<edit::Args>),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Show => show::run(ctx),
        Verb::Edit(args) => edit::run(ctx, *args),
    }
}
