//! `space payment`: what came in, and what it buys.

mod add;
mod assign;
mod find;
mod import;
mod list;
mod outcome;
mod refund;
mod report;
mod reverse;
mod settle;
mod show;

use clap::Subcommand;

use super::{CliError, Context, Lazy};

/// The verbs of `space payment`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Import a bank's statements
    Import(Lazy<import::Args>),
    /// List payments, or what nobody was credited with
    List(Lazy<list::Args>),
    /// Show one payment
    Show(Lazy<show::Args>),
    /// Write down a payment that no bank tells of
    Add(Lazy<add::Args>),
    /// Credit a member with what nobody was credited with
    Assign(Lazy<assign::Args>),
    /// Take back what a payment bought that bounced
    Reverse(Lazy<reverse::Args>),
    /// Write down that money was given back
    Refund(Lazy<refund::Args>),
    /// Work out anew until when a member has paid
    Settle(Lazy<settle::Args>),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Import(Lazy(args)) => import::run(ctx, &args),
        Verb::List(Lazy(args)) => list::run(ctx, &args),
        Verb::Show(Lazy(args)) => show::run(ctx, &args),
        Verb::Add(Lazy(args)) => add::run(ctx, args),
        Verb::Assign(Lazy(args)) => assign::run(ctx, &args),
        Verb::Reverse(Lazy(args)) => reverse::run(ctx, args),
        Verb::Refund(Lazy(args)) => refund::run(ctx, args),
        Verb::Settle(Lazy(args)) => settle::run(ctx, &args),
    }
}
