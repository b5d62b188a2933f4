//! `space induction`: who may use what, and who showed them.

mod add;
mod list;
mod revoke;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space induction`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Write down that a member was inducted to a facility
    Add(add::Args),
    /// List inductions
    List(list::Args),
    /// Take an induction away
    Revoke(revoke::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
    }
}
