//! `space notice send`: sends the notices that are due; a timer may run it as often as it likes.

use schemars::JsonSchema;
use serde::Serialize;

use super::due;
use crate::{
    app::joining,
    app::notice::{
        deliver::{self, Delivered, DeliveryStatus},
        gather::DueNotices,
        mailer, review,
    },
    cli::{
        CliError, Context,
        output::{Listing, Waiting, table},
    },
    config::MailConfig,
};

/// Shown below the options.
const EXAMPLES: &str = "\
/etc/space/mail.toml (or the file in SPACE_MAIL_CONFIG) names the mail server; without it, notices
are written to a folder as .eml files. What is due to one person on one day is one letter. Each notice is sent
once per occasion and recorded. What could not be sent now is sent by the next run. The directors get the review of the previous month.

Examples:
  space notice send --dry-run
  space notice send --most 20";

/// What became of the notices that were due.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Sent {
    /// Each notice.
    notices: Vec<DeliveryStatus>,
    /// The commit that records them.
    commit: Option<String>,
    /// Why sending stopped before the end.
    stopped: Option<String>,
}

/// The arguments of `space notice send`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Send at most this many letters
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    most: Option<u32>,

    /// Report what happened since this commit
    #[arg(long, value_name = "COMMIT")]
    since: Option<String>,

    /// Show what would be sent, but send nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Sends the notices that are due.
///
/// # Errors
/// Fails if another process is sending, a template is not valid, or the server accepts no mail.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    if !args.dry_run {
        // Whoever joined by themselves and has not been welcomed comes first.
        if let Err(error) = joining::settle::settle(ctx.open()?.store, ctx.now) {
            ctx.warn(error.message)?;
        }
    }
    let space = ctx.open()?;
    let settings = space.settings()?;
    let today = space.today()?;
    let config = MailConfig::load()?;
    let most = args.most.map_or(config.most, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let mut posted =
        if args.dry_run { space.store.read_outbox()? } else { space.store.open_outbox(ctx.now)? };
    let since = due::since(space.store, args.since.as_deref())?.or(posted.through());
    let waiting = Waiting::default();
    let gathered = DueNotices::of(space.store, &space.head, &posted, since, today, &waiting)?;
    let (mut letters, mut others) = deliver::prepare(&space.head, &gathered.due, today, most)?;
    others.extend(deliver::tomorrow(&space.head, &gathered.tomorrow));
    letters.extend(review::prepare(space.store, &space.head, &posted, today, &waiting)?);
    if args.dry_run {
        let mut statuses: Vec<DeliveryStatus> =
            letters.iter().flat_map(|it| it.statuses("due", None)).collect();
        statuses.append(&mut others);
        return report(ctx, statuses, None, None);
    }
    let mut post = mailer::mailer(&config, &settings, space.store)?;
    let author = space.store.author()?; // without one, what was sent could not be recorded
    let Delivered { mut statuses, stopped } =
        deliver::deliver(&letters, &mut post, &mut posted, ctx.now, &waiting)?;
    statuses.append(&mut others);
    // What happened is examined again until all of it could be sent.
    let waits = |status: &DeliveryStatus| {
        matches!(status.fate, "later" | "waits") && status.kind.is_event()
    };
    let through = if statuses.iter().any(waits) { since } else { Some(space.head.id()) };
    let commit =
        deliver::record_sent(space.store, &mut posted, &gathered.all, through, &author, ctx.now)?;
    let nothing = statuses.is_empty();
    let sent = statuses.iter().filter(|status| status.fate == "sent").count();
    let failed = statuses.iter().filter(|status| status.fate == "failed").count();
    let left = statuses.iter().filter(|status| matches!(status.fate, "later" | "waits")).count();
    report(ctx, statuses, commit.map(|it| it.short()), stopped.clone())?;
    if !gathered.events_known {
        ctx.warn("notices report what happens from this commit on, but nothing from before")?;
    }
    if let Some(why) = stopped {
        return Err(CliError::internal(why)
            .hint(format!("{sent} were sent, {left} are waiting for the next run")));
    }
    if nothing {
        return Ok(());
    }
    let counted = |count, what| if count > 0 { format!(", {count} {what}") } else { String::new() };
    ctx.say(format!(
        "{sent} sent {}{}{}",
        post.to,
        counted(failed, "refused permanently"),
        counted(left, "left for the next run")
    ))
}

fn report(
    ctx: &Context,
    statuses: Vec<DeliveryStatus>,
    commit: Option<String>,
    stopped: Option<String>,
) -> Result<(), CliError> {
    if ctx.json {
        let mut out = ctx.out();
        let answer = Sent { notices: statuses, commit, stopped };
        table::write_json(&mut out, &answer)?;
        return Ok(std::io::Write::flush(&mut out)?);
    }
    ctx.list(Listing::default(), &statuses)
}
