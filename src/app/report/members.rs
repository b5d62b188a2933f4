//! How many members there are, by tier.

use super::ReportOutput;
use crate::{
    app::view,
    domain::report::{Members, Tally},
};

/// A tier, or all of them.
#[derive(Debug)]
pub struct TallyRow {
    tier: String,
    tally: Tally,
}

const COLUMNS: &[view::Column<TallyRow>] = &[
    view::Column::new("TIER", |row: &TallyRow| view::text(&row.tier)),
    view::Column::new("MEMBERS", |row| view::plain(row.tally.members)),
    view::Column::new("FULL", |row| view::plain(row.tally.full)),
    view::Column::new("CONCESSION", |row| view::plain(row.tally.concession)),
    view::Column::new("FREE", |row| view::plain(row.tally.free)),
    view::Column::new("CHILDREN", |row| view::plain(row.tally.children)),
    view::Column::new("SUSPENDED", |row| view::plain(row.tally.suspended)),
    view::Column::new("LAPSED", |row| view::plain(row.tally.lapsed)),
];

/// Shows the members of a day.
#[must_use]
pub fn output(members: &Members) -> ReportOutput<&Members, TallyRow> {
    let row = |tier: &str, tally| TallyRow { tier: tier.to_owned(), tally };
    ReportOutput {
        json: members,
        rows: members.tiers.iter().map(|it| row(&it.name, it.tally)).collect(),
        total: (members.tiers.len() > 1).then(|| row("all", members.total)),
        columns: COLUMNS,
        empty: "nobody was a member on that day",
        below: Vec::new(),
        picture: None,
    }
}
