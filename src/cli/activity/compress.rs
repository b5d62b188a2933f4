//! `space activity compress`: old months take less room.

use std::path::PathBuf;

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde::Serialize;

use crate::{
    cli::{
        CliError, Context, journals,
        output::{Progress, table},
    },
    store::journal::compress::{self, Compressed},
};

/// The arguments of `space activity compress`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Leave so many months as they are, the present one included
    #[arg(long, value_name = "MONTHS", default_value_t = 2,
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    keep: u16,

    /// Show what would be compressed, and compress nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
struct Row {
    file: PathBuf,
    month: Date,
    bytes: u64,
    /// Nothing where it was left as it is.
    compressed: Option<u64>,
    #[serde(skip)]
    what: &'static str,
}

const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("FILE", |row: &Row| {
        table::plain(row.file.file_name().unwrap_or_default().display())
    }),
    table::Column::new("BYTES", |row| table::plain(row.bytes)),
    table::Column::new("COMPRESSED", |row| match row.compressed {
        Some(bytes) => table::plain(bytes),
        None => (row.what.into(), table::Look::Faint),
    }),
];

/// Compresses what is old enough and written by nobody.
///
/// # Errors
/// That the journals cannot be read or the compressed ones not be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let today = TimeZone::UTC.to_datetime(ctx.now).date();
    let back = i32::from(args.keep).saturating_sub(1);
    let first = today.first_of_month().saturating_sub(back.months());
    let progress = Progress::new("compressing");
    let mut rows = Vec::new();
    for old in compress::before(&journals::folder(&store)?, first)? {
        let (compressed, what) = match args.dry_run {
            true => (None, "would be compressed"),
            false => match compress::compress(&old.path)? {
                Compressed::Done(bytes) => (Some(bytes), ""),
                Compressed::InUse => (None, "in use, left as it is"),
            },
        };
        rows.push(Row { file: old.path, month: old.month, bytes: old.bytes, compressed, what });
    }
    drop(progress);
    ctx.rows(&rows, COLUMNS, "nothing is old enough to be compressed")
}
