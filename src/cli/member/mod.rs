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
mod suspend;

use clap::Subcommand;

use super::context::FileWritten;
use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::{member_export::MemberExport, view};
use crate::domain::ops;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("member add"),
    AnswerSchema::of::<WriteAnswer>("member edit"),
    AnswerSchema::of::<show::Shown>("member show"),
    AnswerSchema::of::<Vec<view::MemberView>>("member list"),
    AnswerSchema::of::<OneOf<MemberExport, FileWritten>>("member export"),
    AnswerSchema::of::<WriteAnswer>("member leave"),
    AnswerSchema::of::<WriteAnswer>("member return"),
    AnswerSchema::of::<WriteAnswer>("member suspend"),
    AnswerSchema::of::<WriteAnswer>("member resume"),
];

/// The verbs of `space member`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a member
    Add(add::Args),
    /// Change what is known about a member
    Edit(edit::Args),
    /// Show a member with their credentials and inductions
    Show(show::Args),
    /// List the members
    List(list::Args),
    /// Export everything that is held about one person
    Export(export::Args),
    /// Record that a member leaves; their credentials stop working
    Leave(leave::Args),
    /// Take back a member who had left
    Return(simple::Args),
    /// Keep a member out for a while
    Suspend(suspend::Args),
    /// End a suspension
    Resume(simple::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Edit(args) => edit::run(ctx, args),
        Verb::Show(args) => show::run(ctx, args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Export(args) => export::run(ctx, &args),
        Verb::Leave(args) => leave::run(ctx, args),
        Verb::Return(args) => simple::run(ctx, args, ops::member::rejoin),
        Verb::Suspend(args) => suspend::run(ctx, args),
        Verb::Resume(args) => simple::run(ctx, args, ops::member::resume),
    }
}
