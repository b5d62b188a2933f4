//! `space meter`: what is measured in the building.

mod add;
mod edit;
mod list;
mod log;
mod price;
mod read;
mod remove;
mod show;
mod source;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("meter add"),
    AnswerSchema::of::<WriteAnswer>("meter edit"),
    AnswerSchema::of::<view::MeterView>("meter show"),
    AnswerSchema::of::<Vec<view::MeterView>>("meter list"),
    AnswerSchema::of::<read::Read>("meter read"),
    AnswerSchema::of::<Vec<view::MeasurementView>>("meter log"),
    AnswerSchema::of::<WriteAnswer>("meter remove"),
];

/// The verbs of `space meter`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a meter, a sensor or a dial on the wall
    Add(add::Args),
    /// Change a meter: what it costs, where its numbers come from
    Edit(edit::Args),
    /// Show a meter, and what it said last
    Show(show::Args),
    /// List the meters
    List(list::Args),
    /// Record what a dial on the wall says
    Read(read::Args),
    /// Show what a meter said: measurements, hours, days or months
    Log(log::Args),
    /// Remove a meter
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
        Verb::Read(args) => read::run(ctx, &args),
        Verb::Log(args) => log::run(ctx, &args),
        Verb::Remove(args) => remove::run(ctx, &args),
    }
}
