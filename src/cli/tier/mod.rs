//! `space tier`: kinds of membership and their prices.

mod add;
mod edit;
mod list;
mod remove;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space tier`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a tier
    Add(add::Args),
    /// Change a tier
    Edit(edit::Args),
    /// List the tiers
    List(list::Args),
    /// Remove a tier that no member has
    Remove(remove::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Edit(args) => edit::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Remove(args) => remove::run(ctx, &args),
    }
}
