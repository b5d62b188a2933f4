//! `space notice nudge`: asks a member why nothing was paid.

use jiff::civil::Date;

use super::report;
use crate::{
    app::{
        look_up,
        notice::at_once::{self, SendRequest},
    },
    cli::{CliError, Context, input::prompt, output::Waiting},
    domain::{
        dues::Cover,
        model::{Member, NoticeKind, text},
        notices::Occasion,
        ops::dues,
    },
    store::Revision,
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
    let today = space.today()?;
    let (id, member) = look_up::member(&space.head, &args.member)?;
    let occasion = Occasion::of(NoticeKind::Nudge, today.to_string());
    if !args.again && at_once::sent_notices(&space.head, id, occasion.kind).has(&occasion.key) {
        return Err(CliError::user(format!("{id} {} was already asked today", member.name))
            .hint("--again asks once more"));
    }
    if let Some(why) = covered(&space.head, &member, today)? {
        ctx.warn(format!("{id} {} {why}", text::shown(&member.name)))?;
        if !args.yes && !args.dry_run {
            prompt::require_confirmation("Ask them all the same", "sends", "sent")?;
        }
    }
    let due = [(id, occasion)];
    let request = SendRequest { due: &due, words: None, most: None, dry_run: args.dry_run };
    let sent =
        at_once::send(space.store, &space.head, today, &request, ctx.now, &Waiting::default())?;
    report::results(ctx, sent)
}

/// Tells why there is nothing to ask a member for, if they are covered on a local day.
fn covered(head: &Revision<'_>, member: &Member, today: Date) -> Result<Option<String>, CliError> {
    let space = look_up::space(head)?;
    Ok(match dues::cover(head, member, space.grace_days) {
        Cover::Always => Some("owes no dues".to_owned()),
        Cover::Until(end) if today < end => Some(format!("is covered until {end}")),
        Cover::Until(_) | Cover::Never => None,
    })
}
