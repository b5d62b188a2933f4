//! `space notice resend`: sends a member the welcome with the payment details again.

use super::tell;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, Wish},
    },
    cli::{CliError, Context, output::Waiting},
    domain::{model::NoticeKind, notices::Occasion},
};

/// The arguments of `space notice resend`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Show what would be sent, and send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Sends the welcome again.
///
/// # Errors
/// That nobody is called so, or what keeps the letter from going out.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let (id, _) = look_up::member(&space.head, &args.member)?;
    // Whoever asks for it again wants another letter, so the moment makes it another occasion.
    let key = format!("again {:.0}", ctx.now);
    let due = [(id, Occasion::of(NoticeKind::Welcome, key))];
    let wish = Wish { due: &due, words: None, most: None, dry_run: args.dry_run };
    let sent = at_once::send(space.store, &space.head, today, &wish, ctx.now, &Waiting::default())?;
    tell::sent(ctx, sent)
}
