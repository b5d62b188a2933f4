//! `space notice`: what members are told, when, and in which words.

mod announce;
mod due;
mod nudge;
mod preview;
mod report;
mod resend;
mod send;
mod template;
mod told;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::app::{notice::DeliveryStatus, view};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<DeliveryStatus>>("notice due"),
    AnswerSchema::of::<send::Sent>("notice send"),
    AnswerSchema::of::<preview::Shown>("notice preview"),
    AnswerSchema::of::<Vec<DeliveryStatus>>("notice nudge"),
    AnswerSchema::of::<Vec<DeliveryStatus>>("notice resend"),
    AnswerSchema::of::<Vec<DeliveryStatus>>("notice announce"),
    AnswerSchema::of::<Vec<view::NoticeView>>("notice told"),
    AnswerSchema::of::<template::Answered>("notice template"),
];

/// The verbs of `space notice`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// List who is due which notice
    Due(due::Args),
    /// Send the notices that are due; safe to run every hour
    Send(send::Args),
    /// Show a notice as it would be sent
    Preview(preview::Args),
    /// Ask a member why nothing was paid
    Nudge(nudge::Args),
    /// Send the welcome with the payment details to a member again
    Resend(resend::Args),
    /// Send news to those who asked for it
    Announce(announce::Args),
    /// List the notices that a member was sent
    Told(told::Args),
    /// Show the text of notices, or copy it into the space for editing
    Template(template::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Due(args) => due::run(ctx, &args),
        Verb::Send(args) => send::run(ctx, &args),
        Verb::Preview(args) => preview::run(ctx, &args),
        Verb::Nudge(args) => nudge::run(ctx, &args),
        Verb::Resend(args) => resend::run(ctx, &args),
        Verb::Announce(args) => announce::run(ctx, &args),
        Verb::Told(args) => told::run(ctx, &args),
        Verb::Template(args) => template::run(ctx, &args),
    }
}
