//! `space log`: who changed what, in words.

use super::{CliError, Context, output::Listing};
use crate::{
    app::{
        look_up,
        view::{ChangeView, ChangeWithFiles},
        when,
    },
    domain::model::RecordPath,
    store::history::{LogEntry, LogScope, Query},
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
    let about =
        args.about.as_deref().map_or(Ok(LogScope::Everything), |text| about(&space.head, text))?;
    let since = args.since.as_deref().map(|text| when::moment(text, &zone, ctx.now)).transpose()?;
    let query = Query {
        about,
        author: args.by,
        since: since.map(|at| space.store.commit_at(at)).transpose()?.flatten(),
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

/// Finds out what is meant: a path, a facility, a tag, or else a member.
fn about(head: &crate::store::Revision<'_>, text: &str) -> Result<LogScope, CliError> {
    if let Ok(Some(record_path)) = RecordPath::of(text) {
        return Ok(LogScope::Record(record_path));
    }
    if let Ok(name) = text.parse::<crate::domain::model::Slug>()
        && crate::domain::records::Records::exists(head, &RecordPath::Facility(name.clone()))
    {
        return Ok(LogScope::Facility(name));
    }
    if let Some((facility, tag)) = look_up::requirement_tag(head, text)? {
        return Ok(LogScope::Record(RecordPath::Requirement(facility, tag)));
    }
    match look_up::member_id(head, text) {
        Ok(id) => Ok(LogScope::Member(id)),
        Err(error) => match look_up::credential(head, text) {
            Ok((id, tag)) => Ok(LogScope::Record(RecordPath::Credential(id, tag))),
            Err(_) => Err(error.into()),
        },
    }
}
