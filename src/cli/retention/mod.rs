//! `space retention`: what has been held for longer than the settings allow.

mod apply;
mod history;
mod show;

use clap::Subcommand;

use super::output::AnswerSchema;
use super::{CliError, Context};
use crate::app::view;

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] = &[
    AnswerSchema::of::<Vec<view::OverdueView>>("retention"),
    AnswerSchema::of::<Vec<view::OverdueView>>("retention show"),
    AnswerSchema::of::<apply::Applied>("retention apply"),
    AnswerSchema::of::<Vec<view::TracesView>>("retention history"),
];

/// Shown below the options.
const NOTES: &str = "\
How long data is held is set with `space settings edit --keep-contact 365` and similar options;
without them, everything is held for ever. Letters are the files of a machine without a mail server;
they go with the recipient's contact data at the latest. Contact data is removed with the rest of a
member at the latest. The number of a removed member is never given to another.
Removed records stay in the git history and in every clone, and so do the names and e-mail addresses
of people who made commits; `space retention history` lists them. If the law demands that they go from
there too, rewrite the history with git filter-repo. This breaks every clone: the server refuses a push
of a rewritten history, and a door keeps the records that it has until it is told to follow. Therefore:
  1. Have everybody push, and nobody write until you are done.
  2. Rewrite the shared repository itself, on the server.
  3. At each door, run git fetch mirror +main:main (or origin, if it has no mirror); `space door
     status` shows the new commit.
  4. Everybody else makes a new clone and deletes the old one.
`space undo` brings the records back; importing an old bank statement again brings back payments.";

/// `space retention` and its verbs; without a verb, it lists.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// The verbs of `space retention`.
#[derive(Subcommand, Debug)]
enum Verb {
    /// List what has been held for longer than the settings allow
    Show(show::Args),
    /// Remove what has been held for longer than the settings allow
    #[command(after_help = NOTES)]
    Apply(apply::Args),
    /// List what the git history still holds about people whose records were removed
    #[command(after_help = NOTES)]
    History(history::Args),
}

/// Runs a verb.
///
/// # Errors
/// Fails if the verb cannot be carried out.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    match args.verb.unwrap_or_else(|| Verb::Show(show::Args::default())) {
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Apply(args) => apply::run(ctx, &args),
        Verb::History(args) => history::run(ctx, &args),
    }
}
