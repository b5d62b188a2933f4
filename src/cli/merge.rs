//! `space merge`: joins two commits, for servers.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    CliError, Context, advice,
    output::{answer::Renumbered, table},
};
use crate::{
    domain::{merge::Question, model::CommitId},
    store::Outcome,
};

/// Shown below the options.
const EXAMPLES: &str = "\
It joins as `space sync` does, and prints the commit that has everything of both. No branch moves without
--update.

Examples:
  space merge main draft
  space merge main draft --update";

/// What was joined.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Merged {
    /// The commit.
    commit: CommitId,
    /// What came of it.
    outcome: Outcome,
    /// What a person has to answer.
    questions: Vec<Question>,
    /// The members who got another number.
    renumbered: Vec<Renumbered>,
    /// What somebody should know.
    notes: Vec<String>,
}

/// The arguments of `space merge`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The commit that was there first: it keeps the numbers of new members
    first: String,

    /// The commit to join with it
    second: String,

    /// Move the branch of the space to the result; it must be at the first commit
    #[arg(long)]
    update: bool,
}

/// Joins two commits.
///
/// # Errors
/// Fails if there is no such commit, or if they cannot be joined.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let (first, second) = (store.resolve(&args.first)?, store.resolve(&args.second)?);
    if args.update && store.head()? != first {
        return Err(CliError::user(format!("the branch is not at {}", first.short()))
            .hint("name the newest commit of the branch first"));
    }
    let joined = store.join(second, first, &store.author()?, ctx.now)?;
    if args.update && !store.adopt(first, joined.commit, ctx.now)? {
        return Err(CliError::user("somebody committed at the same moment").hint("try again"));
    }
    store.ask(joined.questions.clone(), [second, first])?;
    if ctx.json {
        let answer = Merged {
            commit: joined.commit,
            outcome: joined.outcome,
            renumbered: Renumbered::all(&joined.renumbered),
            notes: advice::notes(&joined.notes),
            questions: joined.questions,
        };
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    for (old, new) in &joined.renumbered {
        ctx.warn(format!("the number {old} was given twice: the second is {new} now"))?;
    }
    for note in advice::notes(&joined.notes) {
        ctx.warn(note)?;
    }
    ctx.say(joined.commit)
}
