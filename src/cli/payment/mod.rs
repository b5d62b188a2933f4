//! `space payment`: what came in, and what it buys.

mod add;
mod assign;
mod import;
mod list;
mod profile;
mod refund;
mod report;
mod reverse;
mod same;
mod settle;
mod show;
mod split;
mod walk;
mod walk_answer;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{CliError, Context};
use crate::{app::view, domain::model::StatementProfile};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<report::Imported>("payment import"),
    AnswerSchema::of::<OneOf<Vec<view::PaymentView>, Vec<view::UnmatchedView>>>("payment list"),
    AnswerSchema::of::<show::Shown>("payment show"),
    AnswerSchema::of::<WriteAnswer>("payment add"),
    AnswerSchema::of::<WriteAnswer>("payment assign"),
    AnswerSchema::of::<WriteAnswer>("payment split"),
    AnswerSchema::of::<WriteAnswer>("payment same"),
    AnswerSchema::of::<WriteAnswer>("payment reverse"),
    AnswerSchema::of::<WriteAnswer>("payment refund"),
    AnswerSchema::of::<Vec<view::ProfileView>>("payment profile list"),
    AnswerSchema::of::<StatementProfile>("payment profile show"),
    AnswerSchema::of::<WriteAnswer>("payment profile new"),
    AnswerSchema::of::<WriteAnswer>("payment settle"),
];

/// The verbs of `space payment`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Import bank statements
    Import(import::Args),
    /// List payments, or unmatched transactions
    List(list::Args),
    /// Show a payment
    Show(show::Args),
    /// Record a payment that is on no bank statement, such as cash
    Add(add::Args),
    /// Credit a member with an unmatched transaction
    Assign(assign::Args),
    /// Credit several members with parts of one transfer
    Split(split::Args),
    /// Say that an unmatched transaction is of money that is known already
    Same(same::Args),
    /// Record that a payment bounced, and take back what it bought
    Reverse(reverse::Args),
    /// Record that money was given back
    Refund(refund::Args),
    /// Profiles: how the tables of banks are laid out
    #[command(subcommand)]
    Profile(profile::Verb),
    /// Work out again until when a member has paid
    Settle(settle::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Import(args) => import::run(ctx, &args),
        Verb::List(args) => list::run(ctx, &args),
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Add(args) => add::run(ctx, args),
        Verb::Assign(args) => assign::run(ctx, &args),
        Verb::Split(args) => split::run(ctx, &args),
        Verb::Same(args) => same::run(ctx, &args),
        Verb::Reverse(args) => reverse::run(ctx, args),
        Verb::Refund(args) => refund::run(ctx, args),
        Verb::Profile(verb) => profile::run(ctx, verb),
        Verb::Settle(args) => settle::run(ctx, &args),
    }
}
