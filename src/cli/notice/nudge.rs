//! `space notice nudge`: asks a member why nothing was paid.

use super::at_once::{self, Wish};
use crate::{
    cli::{CliError, Context, context, fetch},
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
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let today = ctx.now.to_zoned(context::zone(&head)?).date();
    let (id, member) = fetch::member(&head, &args.member)?;
    let occasion = Occasion::of(NoticeKind::Nudge, today.to_string());
    if !args.again && at_once::told(&head, id, occasion.kind).has(&occasion.key) {
        return Err(CliError::user(format!("{id} {} was asked today already", member.name))
            .hint("--again asks once more"));
    }
    let due = [(id, occasion)];
    let wish = Wish { due: &due, words: None, most: None, dry_run: args.dry_run };
    at_once::send(ctx, &store, &head, today, &wish)
}
