//! `space activity`: what happened at the doors, according to the journals of this machine.

mod compress;
mod export;
mod list;
mod replay;
mod tail;

use clap::Subcommand;

use super::context::FileWritten;
use super::output::{AnswerSchema, answer::OneOf};
use super::{CliError, Context};
use crate::{
    app::{replay::Replay, view},
    domain::model::Activity,
};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<view::ActivityView>>("activity list"),
    AnswerSchema::of::<view::ActivityView>("activity tail"),
    AnswerSchema::of::<OneOf<Activity, FileWritten>>("activity export"),
    AnswerSchema::of::<Replay>("activity replay"),
    AnswerSchema::of::<Vec<compress::Row>>("activity compress"),
];

/// The verbs of `space activity`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// List activities, newest last
    List(list::Args),
    /// Show activities as they happen, until interrupted
    Tail(tail::Args),
    /// Write activities as CSV or JSON lines, for a spreadsheet or a program
    Export(export::Args),
    /// Decide every activity again from the commit that it names; none may come out differently
    Replay(replay::Args),
    /// Compress the journals of old months; they can still be read
    Compress(compress::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::List(args) => list::run(ctx, &args),
        Verb::Tail(args) => tail::run(ctx, &args),
        Verb::Export(args) => export::run(ctx, &args),
        Verb::Replay(args) => replay::run(ctx, &args),
        Verb::Compress(args) => compress::run(ctx, &args),
    }
}
