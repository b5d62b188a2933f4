//! `space notice nudge`: asks a member why nothing was paid.

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, SendRequest},
    },
    cli::{CliError, Context, output::Waiting},
    domain::{model::NoticeKind, notices::Occasion},
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

    /// Show what would be sent, but send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Nudges a member.
///
/// # Errors
/// Fails if no member matches, if they were already asked today, or if the notice cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let (id, member) = look_up::member(&space.head, &args.member)?;
    let occasion = Occasion::of(NoticeKind::Nudge, today.to_string());
    if !args.again && at_once::sent_notices(&space.head, id, occasion.kind).has(&occasion.key) {
        return Err(CliError::user(format!("{id} {} was already asked today", member.name))
            .hint("--again asks once more"));
    }
    let due = [(id, occasion)];
    let request = SendRequest { due: &due, words: None, most: None, dry_run: args.dry_run };
    let sent =
        at_once::send(space.store, &space.head, today, &request, ctx.now, &Waiting::default())?;
    report::results(ctx, sent)
}
