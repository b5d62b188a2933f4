//! `space notice resend`: sends the welcome with the payment details to a member again.

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, Asked},
    },
    cli::{CliError, Context, output::Waiting},
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
    let (id, _) = look_up::member(&space.head, &args.member)?;
    let asked = Asked { dry_run: args.dry_run, author: None };
    let waiting = Waiting::default();
    let sent = at_once::resend(space.store, &space.head, id, &asked, ctx.now, &waiting)?;
    report::results(ctx, sent)
}
