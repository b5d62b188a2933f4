//! The day of a report, and the records that it uses.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    app::AppError,
    domain::{
        model::{Advice, CommitId, contact::YearMonth},
        records::last_moment,
        report::last,
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

/// Returns the last day of a month up to today.
#[must_use]
pub fn end_or_today(month: YearMonth, today: Date) -> Date {
    last(month).min(today)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_that_is_not_over_ends_today() {
        let month = "2026-02".parse().unwrap();
        assert_eq!(end_or_today(month, date(2026, 3, 2)), date(2026, 2, 28));
        assert_eq!(end_or_today(month, date(2026, 2, 2)), date(2026, 2, 2));
    }
}
