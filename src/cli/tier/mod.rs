//! `space tier`: kinds of membership and their prices.

mod add;
mod edit;
mod list;

use clap::Subcommand;

use super::{CliError, Context, Lazy};

/// The verbs of `space tier`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a tier
    Add(Lazy<add::Args>),
    /// Change a tier
    Edit(Lazy<edit::Args>),
    /// List the tiers
    List,
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(Lazy(args)) => add::run(ctx, args),
        Verb::Edit(Lazy(args)) => edit::run(ctx, args),
        Verb::List => list::run(ctx),
    }
}
