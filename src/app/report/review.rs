//! The review of a month, with what has changed since the previous one.

use jiff::{civil::Date, tz::TimeZone};

use super::{ReportOutput, day};
use crate::{
    app::{
        AppError,
        progress::{Progress, Underway},
        view,
    },
    domain::{
        model::contact::YearMonth,
        money::decimal,
        records::last_moment,
        report::{self, NamedMember, Review, TierReview},
    },
    store::{Census, Revision, Store},
};

/// The most names that are listed; further ones are only counted.
const MAX_NAMES: usize = 40;

/// A tier, or all of them.
#[derive(Debug)]
pub struct ReviewRow {
    tier: TierReview,
    digits: u8,
}

const COLUMNS: &[view::Column<ReviewRow>] = &[
    view::Column::new("TIER", |row: &ReviewRow| view::text(&row.tier.name)),
    view::Column::new("MEMBERS", |row| view::plain(row.tier.tally.members)),
    view::Column::new("FULL", |row| view::plain(row.tier.tally.full)),
    view::Column::new("CONCESSION", |row| view::plain(row.tier.tally.concession)),
    view::Column::new("FREE", |row| view::plain(row.tier.tally.free)),
    view::Column::new("CHILDREN", |row| view::plain(row.tier.tally.children)),
    view::Column::new("LAPSED", |row| view::plain(row.tier.tally.lapsed)),
    view::Column::new("NEW", |row| view::plain(row.tier.new)),
    view::Column::new("LEFT", |row| view::plain(row.tier.left)),
    view::Column::new("EXPECTED", |row| view::plain(decimal(row.tier.tally.expected, row.digits))),
    view::Column::new("COVERED", |row| {
        view::plain(decimal(row.tier.tally.expected_covered, row.digits))
    }),
];

/// Reviews a month up to today; the current one unless given. With `as_recorded`, by the records of
/// its last day.
///
/// # Errors
/// Fails if the month has not begun yet, or if the history cannot be read.
pub fn month(
    store: &Store,
    (month, as_recorded): (Option<YearMonth>, bool),
    (today, zone): (Date, &TimeZone),
    progress: &dyn Progress,
) -> Result<(Review, Census), AppError> {
    let month = month.unwrap_or_else(|| report::of_day(today));
    if report::first(month) > today {
        return Err(AppError::user(format!("{month} has not begun yet")));
    }
    let on = day::end_or_today(month, today);
    let revision = store.read(day::commit(store, on, zone, as_recorded)?)?;
    of(store, &revision, on, zone, progress)
}

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

/// Shows a review: numbers by tier, and who came and went.
#[must_use]
pub fn output(review: &Review) -> ReportOutput<&Review, ReviewRow> {
    let digits = review.currency.digits;
    let row = |tier| ReviewRow { tier, digits };
    ReportOutput {
        json: review,
        rows: review.tiers.iter().cloned().map(row).collect(),
        total: (review.tiers.len() > 1).then(|| row(all(review))),
        columns: COLUMNS,
        empty: "nobody was a member in that month",
        below: below(review),
        picture: None,
    }
}

/// Returns the sum of all tiers, in the form of a tier.
fn all(review: &Review) -> TierReview {
    let sum = |of: fn(&TierReview) -> u64| review.tiers.iter().map(of).sum();
    TierReview {
        name: "all".into(),
        tally: review.total,
        new: sum(|it| it.new),
        left: sum(|it| it.left),
        lapsed_in_month: sum(|it| it.lapsed_in_month),
        ..review.tiers[0].clone()
    }
}

fn below(review: &Review) -> Vec<(&'static str, String)> {
    let nobody = Vec::new();
    let changes = review.changes.as_ref();
    let returned = changes.map_or(&nobody, |it| &it.returned);
    let paid_again = changes.map_or(&nobody, |it| &it.paid_again);
    vec![
        ("counted on", review.on.to_string()),
        ("currency", review.currency.code.clone()),
        ("new", names(&review.new)),
        ("left", names(&review.left)),
        ("lapsed", names(&review.lapsed)),
        ("returned", names(returned)),
        ("paid again", names(paid_again)),
    ]
}

fn names(names: &[NamedMember]) -> String {
    let name = |it: &NamedMember| {
        let day = it.day.map(|day| format!(", {day}")).unwrap_or_default();
        format!("{} {}{day}", it.id, it.name)
    };
    let mut lines: Vec<String> = names.iter().take(MAX_NAMES).map(name).collect();
    if names.len() > MAX_NAMES {
        lines.push(format!("and {} more", names.len() - MAX_NAMES));
    }
    lines.join("\n")
}
