//! `space requirement`: the priority that a facility demands, and when.

mod add;
mod calendar;
mod list;
mod preview;
mod revoke;
mod row;
mod set;
mod show;

use clap::{Subcommand, ValueEnum};

pub(super) use row::Row;

use super::{CliError, Context, Lazy};
use crate::domain::model;

/// The verbs of `space requirement`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a requirement to a facility
    Add(Lazy<add::Args>),
    /// Change the requirement with a tag, or add it
    Set(Lazy<set::Args>),
    /// List requirements, and which are on now
    List(Lazy<list::Args>),
    /// Show one requirement with its calendar
    Show(Lazy<show::Args>),
    /// Take a requirement away
    Revoke(Lazy<revoke::Args>),
    /// List the next windows in which a requirement is on
    Preview(Lazy<preview::Args>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Arm {
    FirstGrant,
}

impl From<Arm> for model::Arm {
    fn from(arm: Arm) -> Self {
        match arm {
            Arm::FirstGrant => Self::FirstGrant,
        }
    }
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(Lazy(args)) => add::run(ctx, args),
        Verb::Set(Lazy(args)) => set::run(ctx, args),
        Verb::List(Lazy(args)) => list::run(ctx, &args),
        Verb::Show(Lazy(args)) => show::run(ctx, &args),
        Verb::Revoke(Lazy(args)) => revoke::run(ctx, args),
        Verb::Preview(Lazy(args)) => preview::run(ctx, &args),
    }
}
