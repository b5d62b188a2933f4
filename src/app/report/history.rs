//! Members over time, from the history of the records.

use jiff::{civil::Date, tz::TimeZone};

use super::{
    ReportOutput, day,
    svg::{Series, lines},
};
use crate::{
    app::{AppError, view},
    domain::{
        model::Money,
        records::last_moment,
        report::{self, Point},
    },
    store::Store,
};

const COLUMNS: &[view::Column<Point>] = &[
    view::Column::new("MONTH", |row: &Point| view::plain(row.month)),
    view::Column::new("MEMBERS", |row| view::plain(row.total.members)),
    view::Column::new("FULL", |row| view::plain(row.total.full)),
    view::Column::new("CONCESSION", |row| view::plain(row.total.concession)),
    view::Column::new("FREE", |row| view::plain(row.total.free)),
    view::Column::new("CHILDREN", |row| view::plain(row.total.children)),
    view::Column::new("SUSPENDED", |row| view::plain(row.total.suspended)),
    view::Column::new("LAPSED", |row| view::plain(row.total.lapsed)),
];

/// Counts the members at the end of each of the last months, the current one among them. Months
/// before the first commit are left out.
///
/// # Errors
/// Fails if the history cannot be read.
pub fn points(
    store: &Store,
    zone: &TimeZone,
    months: u16,
    today: Date,
) -> Result<Vec<Point>, AppError> {
    let days = report::up_to(report::of_day(today), months).rev();
    let days: Vec<_> = days.map(|month| day::end_or_today(month, today)).collect();
    let ends: Vec<_> = days.iter().map(|on| last_moment(*on, zone)).collect();
    let newest = store.read(store.head()?)?.census();
    let mut points = Vec::new();
    // Backwards from the newest, each derived from the one after it.
    for (on, commit) in days.iter().zip(store.commits_at(&ends)?) {
        let Some(commit) = commit else { break };
        let census = store.read(commit)?.census_with_births_of(&newest);
        points.push(report::point(&census.all_members(), *on, commit));
    }
    points.reverse();
    Ok(points)
}

/// Shows members over time.
#[must_use]
pub fn output(points: Vec<Point>) -> ReportOutput<Vec<Point>, Point> {
    let picture = Some(picture(&points));
    ReportOutput {
        json: points.clone(),
        rows: points,
        total: None,
        columns: COLUMNS,
        empty: "nothing was recorded in these months",
        below: Vec::new(),
        picture,
    }
}

fn picture(points: &[Point]) -> String {
    let months: Vec<String> = points.iter().map(|it| it.month.to_string()).collect();
    let series = |name, of: fn(&Point) -> u64| Series {
        name,
        values: points.iter().map(|it| Money::try_from(of(it)).unwrap_or(Money::MAX)).collect(),
    };
    let series = Series::non_zero([
        series("members", |it| it.total.members),
        series("full", |it| it.total.full),
        series("concession", |it| it.total.concession),
        series("children", |it| it.total.children),
    ]);
    lines("Members over time", &months, &series)
}
