//! `space notice resend`: sends a member the welcome with the payment details again.

use super::at_once::{self, Wish};
use crate::{
    cli::{CliError, Context, context, fetch},
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
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let (id, _) = fetch::member(&head, &args.member)?;
    // Whoever asks for it again wants another letter, so the moment makes it another occasion.
    let key = format!("again {:.0}", ctx.now);
    let due = [(id, Occasion::of(NoticeKind::Welcome, key))];
    let wish = Wish { due: &due, words: None, most: None, dry_run: args.dry_run };
    at_once::send(ctx, &store, &head, today, &wish)
}
