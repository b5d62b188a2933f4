//! `space key`: the secret that codes are hashed with. It is never among the versioned files.

mod export;
mod import;
mod show;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<export::Exported>("key export"),
    AnswerSchema::of::<import::Imported>("key import"),
    AnswerSchema::of::<show::Shown>("key show"),
];

/// The verbs of `space key`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Print the key, to copy it to another machine or keep it in a safe
    Export(export::Args),
    /// Import the key of this space from a file or standard input
    Import(import::Args),
    /// Show whether this machine has the right key, but not the key itself
    Show,
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Export(args) => export::run(ctx, &args),
        Verb::Import(args) => import::run(ctx, args),
        Verb::Show => show::run(ctx),
    }
}
