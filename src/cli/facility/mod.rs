//! `space facility`: the doors and tools that are guarded.

mod add;
mod controller_key;
mod edit;
mod kind;
mod list;
mod remove;
mod show;
mod stale;

use clap::Subcommand;

use super::output::{AnswerSchema, written::WriteAnswer};
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<WriteAnswer>("facility add"),
    AnswerSchema::of::<WriteAnswer>("facility edit"),
    AnswerSchema::of::<show::Shown>("facility show"),
    AnswerSchema::of::<Vec<view::FacilityView>>("facility list"),
    AnswerSchema::of::<WriteAnswer>("facility remove"),
    AnswerSchema::of::<controller_key::ControllerKey>("facility controller-key"),
];

/// The verbs of `space facility`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Add a door or a tool
    Add(add::Args),
    /// Change a door or a tool
    Edit(edit::Args),
    /// Show a facility, its requirements, and its state now
    Show(show::Args),
    /// List the facilities
    List(list::Args),
    /// Remove a facility, its requirements, and everybody's leave to open it
    Remove(remove::Args),
    /// Print the key that a facility's controllers sign with
    ControllerKey(controller_key::Args),
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
        Verb::ControllerKey(args) => controller_key::run(ctx, &args),
    }
}
