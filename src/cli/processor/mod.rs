//! `space processor`: by what members pay.

mod adopt;
mod link;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{CliError, Context};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<link::Link>("processor link"),
    AnswerSchema::of::<OneOf<adopt::Adopted, WriteAnswer>>("processor adopt"),
];

/// The verbs of `space processor`.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// Print the address of the page on which a member says by what to pay
    Link(link::Args),
    /// Find out which accounts at a processor are whose, and record that
    Adopt(adopt::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(crate) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Link(args) => link::run(ctx, &args),
        Verb::Adopt(args) => adopt::run(ctx, &args),
    }
}
