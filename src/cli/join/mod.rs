//! `space join`: people who applied on the web and wait to be accepted.

mod accept;
mod decline;
mod find;
mod list;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space join`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// List who has applied
    List(list::Args),
    /// Show an application
    Show(show::Args),
    /// Make members of those who applied, and send them the welcome
    Accept(accept::Args),
    /// Decline an application, with a mail
    Decline(decline::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Accept(args) => accept::run(ctx, &args),
        Verb::Decline(args) => decline::run(ctx, &args),
    }
}
