//! `space notice nudge`: asks a member why nothing was paid.

use super::tell;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, Wish},
    },
    cli::{CliError, Context, output::Waiting},
    domain::{model::NoticeKind, notices::Occasion},
};

/// The arguments of `space notice nudge`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Also if they were asked today already
    #[arg(long)]
    again: bool,

    /// Show what would be sent, and send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Nudges a member.
///
/// # Errors
/// That nobody is called so, that they were asked today, or what keeps the letter from going out.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let (id, member) = look_up::member(&space.head, &args.member)?;
    let occasion = Occasion::of(NoticeKind::Nudge, today.to_string());
    if !args.again && at_once::told(&space.head, id, occasion.kind).has(&occasion.key) {
        return Err(CliError::user(format!("{id} {} was asked today already", member.name))
            .hint("--again asks once more"));
    }
    let due = [(id, occasion)];
    let wish = Wish { due: &due, words: None, most: None, dry_run: args.dry_run };
    let sent = at_once::send(space.store, &space.head, today, &wish, ctx.now, &Waiting::default())?;
    tell::sent(ctx, sent)
}
