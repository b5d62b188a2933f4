//! Who was a member on a day.

use jiff::{civil::Date, tz::TimeZone};

use super::{ReportOutput, day};
use crate::{
    app::{AppError, view},
    domain::report::{self, RegisterEntry},
    store::{Census, Store},
};

const COLUMNS: &[view::Column<RegisterEntry>] = &[
    view::Column::new("NUMBER", |row: &RegisterEntry| view::plain(row.id)),
    view::Column::new("NAME", |row| view::text(&row.name)),
    view::Column::new("TIER", |row| view::text(row.tier.as_str())),
    view::Column::new("SINCE", |row| view::plain(row.since)),
    view::Column::new("UNTIL", |row| view::maybe(row.until)),
];

/// Lists the members of a day; with `as_recorded`, by the records of that day.
///
/// # Errors
/// Fails if nothing was recorded yet, or if the history cannot be read.
pub fn of(
    store: &Store,
    (on, as_recorded): (Date, bool),
    zone: &TimeZone,
) -> Result<(Vec<RegisterEntry>, Census), AppError> {
    let revision = store.read(day::commit(store, on, zone, as_recorded)?)?;
    let census = revision.census_without_births();
    Ok((report::register(&census.all_members(), on), census))
}

/// Shows a register.
#[must_use]
pub fn output(entries: Vec<RegisterEntry>) -> ReportOutput<Vec<RegisterEntry>, RegisterEntry> {
    ReportOutput {
        json: entries.clone(),
        rows: entries,
        total: None,
        columns: COLUMNS,
        empty: "nobody was a member on that day",
        below: Vec::new(),
        picture: None,
    }
}
