//! `space report`: what treasurers and directors ask about everybody.

mod activity;
mod day;
mod dues;
mod form;
mod income;
mod members;
mod months;
mod processor;
mod register;
mod resources;
mod review;

use clap::Subcommand;

use super::context::FileWritten;
use super::output::{AnswerSchema, answer::OneOf};
use super::{CliError, Context};
use crate::{
    app::report::{processor::ProcessorReport, resources::Found},
    domain::report::{
        DuesReport, Income, Members, PayingMember, Point, RegisterEntry, Review, Usage,
    },
};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<OneOf<OneOf<Members, Vec<Point>>, FileWritten>>("report members"),
    AnswerSchema::of::<OneOf<OneOf<DuesReport, Vec<PayingMember>>, FileWritten>>("report dues"),
    AnswerSchema::of::<OneOf<Income, FileWritten>>("report income"),
    AnswerSchema::of::<OneOf<ProcessorReport, FileWritten>>("report processor"),
    AnswerSchema::of::<OneOf<Usage, FileWritten>>("report activity"),
    AnswerSchema::of::<OneOf<Found, FileWritten>>("report resources"),
    AnswerSchema::of::<OneOf<Review, FileWritten>>("report review"),
    AnswerSchema::of::<OneOf<Vec<RegisterEntry>, FileWritten>>("report register"),
];

/// The verbs of `space report`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Count members by tier, on a day or over time
    Members(members::Args),
    /// Add up what members owe, by tier and class
    Dues(dues::Args),
    /// Add up what came in and was given back, by month
    Income(income::Args),
    /// Add up what payment processors took, kept and failed to take, beside what was expected
    Processor(processor::Args),
    /// Count activities at the doors, by hour and weekday or by facility
    Activity(activity::Args),
    /// Add up what the building used and what that cost, by month, meter or facility
    Resources(resources::Args),
    /// Review a month: members, who joined, left and lapsed, and the expected income
    #[command(alias = "month")]
    Review(review::Args),
    /// List who was a member on a day, with their first and last days
    Register(register::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Members(args) => members::run(ctx, &args),
        Verb::Dues(args) => dues::run(ctx, &args),
        Verb::Income(args) => income::run(ctx, &args),
        Verb::Processor(args) => processor::run(ctx, &args),
        Verb::Activity(args) => activity::run(ctx, &args),
        Verb::Resources(args) => resources::run(ctx, &args),
        Verb::Review(args) => review::run(ctx, &args),
        Verb::Register(args) => register::run(ctx, &args),
    }
}
