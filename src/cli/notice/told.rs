//! `space notice told`: what a member was told, and when.

use jiff::Timestamp;
use serde::Serialize;

use super::at_once;
use crate::{
    cli::{CliError, Context, context, fetch, output::table, when},
    domain::model::NoticeKind,
};

/// The arguments of `space notice told`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Number, name or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,
}

#[derive(Serialize)]
struct Row {
    kind: NoticeKind,
    occasion: String,
    at: Timestamp,
    #[serde(skip)]
    local: String,
    failed: Option<String>,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("NOTICE", |row: &Row| table::plain(row.kind)),
    table::Column::new("OCCASION", |row| table::text(&row.occasion)),
    table::Column::new("SENT", |row| table::text(&row.local)),
    table::Column::new("FAILED", |row| table::maybe(row.failed.as_ref())),
];

/// Lists what a member was told.
///
/// # Errors
/// That nobody is called so.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let (id, _) = fetch::member(&head, &args.member)?;
    let mut rows = Vec::new();
    for kind in NoticeKind::ALL {
        for told in at_once::told(&head, id, *kind).told {
            let local = when::local(told.at, &zone);
            let (occasion, at, failed) = (told.occasion, told.at, told.failed);
            rows.push(Row { kind: *kind, occasion, at, local, failed });
        }
    }
    rows.sort_by_key(|row| row.at);
    ctx.rows(&rows, COLUMNS, "nothing was sent to them yet")
}
