//! `space payment`: what came in, and what it buys.

mod add;
mod assign;
mod import;
mod list;
mod refund;
mod report;
mod reverse;
mod settle;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// The verbs of `space payment`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Import a bank's statements
    Import(import::Args),
    /// List payments, or what nobody was credited with
    List(list::Args),
    /// Show one payment
    Show(show::Args),
    /// Write down a payment that no bank tells of
    Add(add::Args),
    /// Credit a member with what nobody was credited with
    Assign(assign::Args),
    /// Take back what a payment bought that bounced
    Reverse(reverse::Args),
    /// Write down that money was given back
    Refund(refund::Args),
    /// Work out anew until when a member has paid
    Settle(settle::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Import(args) => import::run(ctx, &args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Add(args) => add::run(ctx, args),
        Verb::Assign(args) => assign::run(ctx, &args),
        Verb::Reverse(args) => reverse::run(ctx, args),
        Verb::Refund(args) => refund::run(ctx, args),
        Verb::Settle(args) => settle::run(ctx, &args),
    }
}
