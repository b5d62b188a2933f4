//! What members owe, by tier and class, and member by member.

use super::ReportOutput;
use crate::{
    app::view,
    domain::{
        model::Money,
        money::decimal,
        report::{DuesClass, DuesReport, DuesShare, PayingMember},
    },
};

/// Something, and the number of digits of its amounts.
#[derive(Debug)]
pub struct Row<T> {
    entry: T,
    digits: u8,
}

impl<T> Row<T> {
    fn money(&self, amount: Money) -> view::Cell {
        view::plain(decimal(amount, self.digits))
    }
}

const SHARES: &[view::Column<Row<DuesShare>>] = &[
    view::Column::new("TIER", |row: &Row<DuesShare>| view::text(&row.entry.name)),
    view::Column::new("CLASS", |row| view::maybe(row.entry.class.map(DuesClass::word))),
    view::Column::new("MEMBERS", |row| view::plain(row.entry.members)),
    view::Column::new("PRICE", |row| row.money(row.entry.price)),
    view::Column::new("CHILDREN", |row| row.money(row.entry.children)),
    view::Column::new("CONCESSION", |row| row.money(row.entry.concession)),
    view::Column::new("MINIMUM", |row| row.money(row.entry.minimum)),
    view::Column::new("CHOSEN", |row| row.money(row.entry.chosen)),
    view::Column::new("MONTH", |row| row.money(row.entry.month)),
];

const PAYERS: &[view::Column<Row<PayingMember>>] = &[
    view::Column::new("NUMBER", |row: &Row<PayingMember>| view::plain(row.entry.id)),
    view::Column::new("NAME", |row| view::text(&row.entry.name)),
    view::Column::new("TIER", |row| view::text(row.entry.tier.as_str())),
    view::Column::new("CLASS", |row| view::text(row.entry.class.word())),
    view::Column::new("STANDING", |row| view::text(row.entry.standing.word())),
    view::Column::new("MONTH", |row| row.money(row.entry.month)),
];

/// The sentence for when there are no rows.
const NOBODY: &str = "nobody was a member on that day";

/// Shows what members owe, by tier and class.
#[must_use]
pub fn shares(dues: &DuesReport) -> ReportOutput<&DuesReport, Row<DuesShare>> {
    let digits = dues.currency.digits;
    let total = DuesShare { name: "all".into(), ..dues.total.clone() };
    ReportOutput {
        json: dues,
        rows: dues.shares.iter().cloned().map(|entry| Row { entry, digits }).collect(),
        total: (dues.shares.len() > 1).then_some(Row { entry: total, digits }),
        columns: SHARES,
        empty: NOBODY,
        below: Vec::new(),
        picture: None,
    }
}

/// Shows who owes how much.
#[must_use]
pub fn payers(
    payers: Vec<PayingMember>,
    digits: u8,
) -> ReportOutput<Vec<PayingMember>, Row<PayingMember>> {
    ReportOutput {
        json: payers.clone(),
        rows: payers.into_iter().map(|entry| Row { entry, digits }).collect(),
        total: None,
        columns: PAYERS,
        empty: NOBODY,
        below: Vec::new(),
        picture: None,
    }
}

/// Returns the number of members whose dues are not clear.
#[must_use]
pub fn unclear(dues: &DuesReport) -> u64 {
    let unclear = dues.shares.iter().filter(|it| it.class == Some(DuesClass::Unclear));
    unclear.map(|it| it.members).sum()
}
