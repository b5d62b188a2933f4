//! `space backup`: one file of everything, a machine made from it, and the proof that a copy is good.

mod bundle;
mod restore;
mod verified;
mod verify;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::app::backup::{Bundled, Restored, Verified};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Bundled>("backup bundle"),
    AnswerSchema::of::<Restored>("backup restore"),
    AnswerSchema::of::<Verified>("backup verify"),
];

/// The verbs of `space backup`.
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Write everything that this machine needs to one file, sealed by a passphrase
    Bundle(bundle::Args),
    /// Make a working machine from such a file
    Restore(restore::Args),
    /// Prove that a copy can be restored, and say how old it is
    Verify(verify::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, verb: Verb) -> Result<(), CliError> {
    match verb {
        Verb::Bundle(args) => bundle::run(ctx, &args),
        Verb::Restore(args) => restore::run(ctx, &args),
        Verb::Verify(args) => verify::run(ctx, &args),
    }
}
