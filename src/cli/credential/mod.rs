//! `space credential`: the fobs and passcodes of members.

mod add;
mod list;
mod replace;
mod revoke;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space credential`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Give a member a fob or a passcode
    Add(add::Args),
    /// List credentials: everybody's, one member's, or one facility's
    List(list::Args),
    /// Show one credential: whose it is, what it opens, who gave it
    Show(show::Args),
    /// Take a credential away
    Revoke(revoke::Args),
    /// Exchange a fob or passcode for another; grants stay as they are
    Replace(replace::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Revoke(args) => revoke::run(ctx, args),
        Verb::Replace(args) => replace::run(ctx, args),
    }
}
