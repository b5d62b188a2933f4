//! `space member`: who belongs to the space.

mod add;
mod edit;
mod export;
pub(super) mod fields;
mod leave;
mod list;
mod paying;
mod show;
mod simple;
pub(super) mod standing;
mod suspend;

use clap::Subcommand;

use super::{CliError, Context, Lazy};
use crate::domain::ops;

/// The verbs of `space member`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a member
    Add(Lazy<add::Args>),
    /// Change what is known about a member
    Edit(Lazy<edit::Args>),
    /// Show a member with credentials and inductions
    Show(Lazy<show::Args>),
    /// List the members
    List(Lazy<list::Args>),
    /// Export all that is held about one person
    Export(Lazy<export::Args>),
    /// Say that a member has left; their credentials stop working
    Leave(Lazy<leave::Args>),
    /// Take a member back who had left
    Return(Lazy<simple::Args>),
    /// Keep a member out for a while
    Suspend(Lazy<suspend::Args>),
    /// End a suspension
    Resume(Lazy<simple::Args>),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(Lazy(args)) => add::run(ctx, args),
        Verb::Edit(Lazy(args)) => edit::run(ctx, args),
        Verb::Show(Lazy(args)) => show::run(ctx, args),
        Verb::List(Lazy(args)) => list::run(ctx, &args),
        Verb::Export(Lazy(args)) => export::run(ctx, &args),
        Verb::Leave(Lazy(args)) => leave::run(ctx, args),
        Verb::Return(Lazy(args)) => simple::run(ctx, args, ops::member::rejoin),
        Verb::Suspend(Lazy(args)) => suspend::run(ctx, args),
        Verb::Resume(Lazy(args)) => simple::run(ctx, args, ops::member::resume),
    }
}
