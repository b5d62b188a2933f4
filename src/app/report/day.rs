//! The day of a report, and the records that it uses.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    app::AppError,
    domain::{
        model::{Advice, CommitId},
        records::last_moment,
    },
    store::Store,
};

/// Returns the commit whose records are used to report a day: the newest, or with `as_recorded` the
/// last one of that day.
///
/// # Errors
/// Fails if nothing was recorded yet, or if the history cannot be read.
pub fn commit(
    store: &Store,
    day: Date,
    zone: &TimeZone,
    as_recorded: bool,
) -> Result<CommitId, AppError> {
    if !as_recorded {
        return Ok(store.head()?);
    }
    store.commit_at(last_moment(day, zone))?.ok_or_else(|| {
        AppError::user(format!("there were no records yet on {day}")).hint(Advice::ReportByToday)
    })
}
