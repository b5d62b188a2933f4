//! `space sync`: brings this clone and the repository that it came from together.

mod mend;
mod resolve;
mod run;

use clap::Subcommand;

use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{CliError, Context};
use crate::store::WaitingQuestion;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<run::Answer>("sync"),
    AnswerSchema::of::<OneOf<Vec<WaitingQuestion>, WriteAnswer>>("sync resolve"),
    AnswerSchema::of::<mend::Mended>("sync mend"),
];

/// Shown below the options.
const NOTES: &str = "\
It fetches what is new, joins it with what was changed here, and pushes. What both sides changed is joined
record by record and field by field: revocations, suspensions and leaving win, and so does the shorter
window; nobody is credited twice. If one field got two values, the one that grants less stands, and you are
asked; without a terminal the question waits, and `space status` shows it. Keys and passwords for the other
repository are git's own. In the clone of a door it only takes over what is new.

Examples:
  space sync
  space sync resolve
  space sync resolve 3 theirs";

/// `space sync` and its verbs; without a verb, it syncs.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,

    #[command(flatten)]
    run: run::Args,
}

/// The verbs of `space sync`.
#[derive(Subcommand, Debug)]
enum Verb {
    /// Answer the questions that wait
    Resolve(resolve::Args),
    /// Mend what git joined record by record; the hooks run it
    #[command(hide = true)]
    Mend(mend::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails as the verb does.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    match args.verb {
        None => run::run(ctx, &args.run),
        Some(Verb::Resolve(args)) => resolve::run(ctx, &args),
        Some(Verb::Mend(args)) => mend::run(ctx, &args),
    }
}
