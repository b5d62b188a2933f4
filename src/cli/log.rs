//! `space log`: who changed what, in words.

use super::{CliError, Context, output::Listing};
use crate::{
    app::{
        change_scope, journals,
        view::{ChangeView, ChangeWithFiles, RevealView},
        when,
    },
    store::{
        history::{LogEntry, Query},
        reveals,
    },
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space log ada
  space log frontdoor --since 2026-01-01 --files
  space log --by grace";

/// The arguments of `space log`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only changes of this: a member, a facility, a tag, or the path of a record
    #[arg(add = super::input::completion::members())]
    about: Option<String>,

    /// Only changes by this person: part of a name or e-mail address
    #[arg(long)]
    by: Option<String>,

    /// Only changes from this moment on
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    since: Option<String>,

    /// How many changes at most
    #[arg(long, short, default_value_t = 20)]
    count: usize,

    /// Also list the changed files
    #[arg(long, short)]
    files: bool,

    /// List who was shown whose personal data in the panel, when and why
    #[arg(long, conflicts_with_all = ["about", "by", "files"])]
    reveals: bool,

    #[command(flatten)]
    form: Listing,
}

/// Lists changes, newest first.
///
/// # Errors
/// Fails if nothing matches, or if the history cannot be read.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone_or_utc();
    if args.reveals {
        return list_reveals(ctx, &args);
    }
    let about =
        args.about.as_deref().map(|text| change_scope::of(&space.head, text)).transpose()?;
    let since =
        args.since.as_deref().map(|text| when::past_moment(text, &zone, ctx.now)).transpose()?;
    let query = Query {
        about: about.unwrap_or_default(),
        author: args.by,
        since,
        limit: Some(args.count),
        ..Query::default()
    };
    let files = |id| -> Result<Vec<String>, CliError> {
        Ok(space.store.changed_by(id)?.into_iter().map(|changed| changed.path).collect())
    };
    let row = |entry: LogEntry| {
        let files = if args.files || ctx.json { files(entry.id)? } else { Vec::new() };
        Ok(ChangeView::new(entry, files, &space.head, &zone))
    };
    let rows: Vec<ChangeView> =
        space.store.log(&query)?.into_iter().map(row).collect::<Result<_, CliError>>()?;
    if args.files {
        let rows: Vec<_> = rows.into_iter().map(ChangeWithFiles).collect();
        return ctx.list(args.form, &rows);
    }
    ctx.list(args.form, &rows)
}

/// Lists who was shown whose personal data, newest first.
fn list_reveals(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone_or_utc();
    let since =
        args.since.as_deref().map(|text| when::past_moment(text, &zone, ctx.now)).transpose()?;
    let all = reveals::read(&journals::folder(space.store)?)?.into_iter().rev();
    let wanted = all.filter(|it| since.is_none_or(|since| since <= it.time)).take(args.count);
    let rows: Vec<_> = wanted.map(|it| RevealView::new(it, &space.head, &zone)).collect();
    ctx.list(args.form, &rows)
}
