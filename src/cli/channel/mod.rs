//! `space channel`: channels of chats, who belongs to them and what is posted there.

mod add;
mod edit;
mod fields;
mod list;
mod remove;
mod show;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("channel add"),
    AnswerSchema::of::<WriteAnswer>("channel edit"),
    AnswerSchema::of::<view::ChannelView>("channel show"),
    AnswerSchema::of::<Vec<view::ChannelView>>("channel list"),
    AnswerSchema::of::<WriteAnswer>("channel remove"),
];

/// The verbs of `space channel`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a channel: who belongs to it, and what is posted there
    Add(add::Args),
    /// Change who belongs to a channel, or what is posted there
    Edit(edit::Args),
    /// Show a channel
    Show(show::Args),
    /// List the channels
    List(list::Args),
    /// Remove the record of a channel; nobody is removed from the channel itself
    Remove(remove::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Add(args) => add::run(ctx, args),
        Verb::Edit(args) => edit::run(ctx, args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Remove(args) => remove::run(ctx, &args),
    }
}
