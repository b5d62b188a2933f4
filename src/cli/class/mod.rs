//! `space class`: courses with a last day, and who may come to their sessions.

mod add;
mod cancel;
mod enrol;
mod list;
mod named;
mod report;
mod withdraw;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("class add"),
    AnswerSchema::of::<WriteAnswer>("class enrol"),
    AnswerSchema::of::<WriteAnswer>("class withdraw"),
    AnswerSchema::of::<Vec<view::ClassView>>("class list"),
    AnswerSchema::of::<Vec<view::AttendanceView>>("class report"),
    AnswerSchema::of::<WriteAnswer>("class cancel"),
];

/// The verbs of `space class`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Begin a class: during its sessions, its facility demands a higher priority
    Add(add::Args),
    /// Enrol members: their fobs open the facility during the sessions
    Enrol(enrol::Args),
    /// Take members out of a class
    Withdraw(withdraw::Args),
    /// List classes: where, when next, and how many are enrolled
    List(list::Args),
    /// Show who is enrolled, and who came to each session
    Report(report::Args),
    /// Cancel a class, and take back everybody's leave to come
    Cancel(cancel::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Enrol(args) => enrol::run(ctx, &args),
        Verb::Withdraw(args) => withdraw::run(ctx, &args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Report(args) => report::run(ctx, &args),
        Verb::Cancel(args) => cancel::run(ctx, &args),
    }
}
