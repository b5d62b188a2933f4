//! `space credential`: the fobs and passcodes of members.

mod add;
mod code;
mod list;
mod replace;
mod revoke;
mod row;
mod show;

use clap::Subcommand;

pub(crate) use code::CodeArgs;

use super::{CliError, Context, Lazy};

/// The verbs of `space credential`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Give a member a fob or a passcode
    Add(Lazy<add::Args>),
    /// List credentials: everybody's, one member's, or one facility's
    List(Lazy<list::Args>),
    /// Show one credential: whose it is, what it opens, who gave it
    Show(Lazy<show::Args>),
    /// Take a credential away
    Revoke(Lazy<revoke::Args>),
    /// Exchange a fob or passcode for another; grants stay as they are
    Replace(Lazy<replace::Args>),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(Lazy(args)) => add::run(ctx, args),
        Verb::List(Lazy(args)) => list::run(ctx, &args),
        Verb::Show(Lazy(args)) => show::run(ctx, &args),
        Verb::Revoke(Lazy(args)) => revoke::run(ctx, args),
        Verb::Replace(Lazy(args)) => replace::run(ctx, args),
    }
}
