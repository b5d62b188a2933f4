//! `space retention`: what is held longer than the settings allow.

mod apply;
mod show;

use clap::Subcommand;

use super::{CliError, Context};

/// Shown below the options.
const NOTES: &str = "\
`space settings edit --keep-contact 365` and the like say how long what is held; without that,
everything is held for ever. What is removed stays in the git history and in every clone: where
the law demands that it goes from there too, the history has to be rewritten (git filter-repo
--invert-paths --path members/00/0042). That breaks every clone: a push of a rewritten history is
refused, and a door goes on by the records that it has until it is told to follow. So: agree on a
moment, have everybody push; rewrite on the server, in the shared repository itself; at each door,
git fetch origin +main:main, then `space door status` shows the new commit in force; everybody else
clones anew, and the old clones are removed. `space undo` brings it back, and so does an old statement of the bank that is imported again, for payments. Contact data go with the
rest of a member at the latest; the number of a member who is removed is never given again.";

/// `space retention` and its verbs; without one, it lists.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// The verbs of `space retention`.
#[derive(Subcommand, Debug)]
enum Verb {
    /// List what is held longer than the settings allow
    Show(show::Args),
    /// Remove it
    #[command(after_help = NOTES)]
    Apply(apply::Args),
}

/// Runs a verb.
///
/// # Errors
/// What kept the verb from being carried out.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    match args.verb.unwrap_or_else(|| Verb::Show(show::Args::default())) {
        Verb::Show(args) => show::run(ctx, &args),
        Verb::Apply(args) => apply::run(ctx, &args),
    }
}
