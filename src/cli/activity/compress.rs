//! `space activity compress`: compresses the journals of old months.

use std::path::PathBuf;

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{
        journals,
        view::{self, Column, View},
    },
    cli::{
        CliError, Context,
        output::{Listing, Progress},
    },
    store::journal::compress::{self, Compressed},
};

/// The arguments of `space activity compress`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Leave this many months as they are, including the current one
    #[arg(long, value_name = "MONTHS", default_value_t = 2,
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    keep: u16,

    /// Show what would be compressed, but compress nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    form: Listing,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Row {
    file: PathBuf,
    month: Date,
    bytes: u64,
    /// `None` if the file was left as it is.
    compressed: Option<u64>,
    #[serde(skip)]
    what: &'static str,
}

impl View for Row {
    const EMPTY: &'static str = "nothing is old enough to be compressed";
    const COLUMNS: &'static [Column<Self>] = &[
        view::Column::new("FILE", |row| {
            view::plain(row.file.file_name().unwrap_or_default().display())
        }),
        view::Column::new("BYTES", |row| view::plain(row.bytes)),
        view::Column::new("COMPRESSED", |row| match row.compressed {
            Some(bytes) => view::plain(bytes),
            None => (row.what.into(), view::CellStyle::Faint),
        }),
    ];
}

/// Compresses the months that are old enough and that no process writes to.
///
/// # Errors
/// Fails if the journals cannot be read, or if the compressed ones cannot be written.
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
    ctx.list(args.form, &rows)
}
