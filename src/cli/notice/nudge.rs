//! `space notice nudge`: asks a member why nothing was paid.

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, Asked},
    },
    cli::{CliError, Context, input::prompt, output::Waiting},
    domain::model::text,
};

/// The arguments of `space notice nudge`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Ask even if they were already asked today
    #[arg(long)]
    again: bool,

    /// Do not ask for confirmation if the member is covered
    #[arg(long, short)]
    yes: bool,

    /// Show what would be sent, but send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Nudges a member.
///
/// # Errors
/// Fails if no member matches, if they were already asked today, if they are covered and nobody
/// confirms, or if the notice cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let (id, member) = look_up::member(&space.head, &args.member)?;
    if let Some(why) = at_once::covered(&space.head, &member, space.today()?)? {
        ctx.warn(format!("{id} {} {why}", text::shown(&member.name)))?;
        if !args.yes && !args.dry_run {
            prompt::require_confirmation("Ask them all the same", "sends", "sent")?;
        }
    }
    let asked = Asked { dry_run: args.dry_run, author: None };
    let (whom, waiting) = ((id, args.again), Waiting::default());
    let sent = at_once::nudge(space.store, &space.head, whom, &asked, ctx.now, &waiting)?;
    report::results(ctx, sent)
}
