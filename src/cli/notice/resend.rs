//! `space notice resend`: sends the welcome with the payment details to a member again.

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, SendRequest},
    },
    cli::{CliError, Context, output::Waiting},
    domain::{model::NoticeKind, notices::Occasion},
};

/// The arguments of `space notice resend`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Show what would be sent, but send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Sends the welcome again.
///
/// # Errors
/// Fails if no member matches, or if the notice cannot be sent.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let today = space.today()?;
    let (id, _) = look_up::member(&space.head, &args.member)?;
    // Each request shall send the notice again, so the moment makes it another occasion.
    let key = format!("again {:.0}", ctx.now);
    let due = [(id, Occasion::of(NoticeKind::Welcome, key))];
    let request = SendRequest { due: &due, words: None, most: None, dry_run: args.dry_run };
    let sent =
        at_once::send(space.store, &space.head, today, &request, ctx.now, &Waiting::default())?;
    report::results(ctx, sent)
}
