//! The review of a month, with what has changed since the previous one.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    app::{
        AppError,
        progress::{Progress, Underway},
    },
    domain::{
        records::last_moment,
        report::{self, Review},
    },
    store::{Census, Revision, Store},
};

/// Reviews the month of a day, as of that day, by the records of a commit.
///
/// # Errors
/// Fails if the history cannot be read.
pub fn of(
    store: &Store,
    revision: &Revision<'_>,
    on: Date,
    zone: &TimeZone,
    progress: &dyn Progress,
) -> Result<(Review, Census), AppError> {
    let _underway = Underway::new(progress, "reviewing the month");
    let census = revision.census();
    let everybody = census.all_members();
    let mut changes = None;
    if let Ok(before) = report::first(report::of_day(on)).yesterday()
        && let Some(commit) = store.commit_at(last_moment(before, zone))?
    {
        let then = store.read(commit)?;
        let census = then.census_without_births();
        let former = census.all_members();
        changes = Some(report::changes((&former, before), (&everybody, on)));
    }
    let review = report::review(&everybody, on, changes);
    Ok((review, census))
}
