//! `space requirement`: the priority that a facility demands, and when.

mod add;
mod arm;
mod calendar;
mod list;
mod preview;
mod revoke;
mod set;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space requirement`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a requirement to a facility
    Add(add::Args),
    /// Change the requirement with a tag, or add it
    Set(set::Args),
    /// List requirements, and which are on now
    List(list::Args),
    /// Show one requirement with its calendar
    Show(show::Args),
    /// Take a requirement away
    Revoke(revoke::Args),
    /// List the next windows in which a requirement is on
    Preview(preview::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Set(args) => set::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
        Verb::Preview(args) => preview::run(ctx, &args),
    }
}
