//! What came in and was given back, by month.

use super::{
    ReportOutput,
    svg::{Series, bars},
};
use crate::{
    app::view,
    domain::{
        model::{Record, RecordPath},
        money::{Currency, decimal},
        records::Records as _,
        report::{Income, IncomeCounter, IncomeMonth, Span, Sums, TierSums},
    },
    store::Revision,
};

/// A month, or a tier in a month.
#[derive(Debug)]
pub struct IncomeRow {
    month: String,
    tier: Option<String>,
    sums: Sums,
    /// Unmatched transactions, in minor units.
    unmatched: i64,
    digits: u8,
}

const MONTHS: &[view::Column<IncomeRow>] = &[
    view::Column::new("MONTH", |row: &IncomeRow| view::text(&row.month)),
    view::Column::new("PAYMENTS", |row| view::plain(row.sums.payments)),
    view::Column::new("RECEIVED", |row| view::plain(decimal(row.sums.received, row.digits))),
    view::Column::new("GIVEN BACK", |row| view::plain(decimal(row.sums.given_back, row.digits))),
    view::Column::new("NET", |row| view::plain(decimal(row.sums.net, row.digits))),
    view::Column::new("UNMATCHED", |row| view::plain(decimal(row.unmatched, row.digits))),
];

const TIERS: &[view::Column<IncomeRow>] = &[
    view::Column::new("MONTH", |row: &IncomeRow| view::text(&row.month)),
    view::Column::new("TIER", |row| view::maybe(row.tier.as_ref())),
    view::Column::new("PAYMENTS", |row| view::plain(row.sums.payments)),
    view::Column::new("RECEIVED", |row| view::plain(decimal(row.sums.received, row.digits))),
    view::Column::new("GIVEN BACK", |row| view::plain(decimal(row.sums.given_back, row.digits))),
    view::Column::new("NET", |row| view::plain(decimal(row.sums.net, row.digits))),
];

/// Adds up the payments of some months. Also returns the number of those that cannot be read.
#[must_use]
pub fn add_up(head: &Revision<'_>, span: Span) -> (Income, u64) {
    let roster = head.roster();
    let mut counter = IncomeCounter::default();
    let mut unreadable = head.each_payment(|id, _, payment| {
        let member = roster.get(id).and_then(|folder| folder.member.get());
        counter.add(payment, member.map(|member| &member.tier), span);
    });
    for (year, id) in head.unmatched() {
        match head.record(&RecordPath::Unmatched(year, id)) {
            Ok(Some(Record::Unmatched(it))) => counter.add_unmatched(&it, span),
            _ => unreadable += 1,
        }
    }
    (counter.income(Currency::of(&head.basis().0), span), unreadable)
}

/// Shows the months, or the tiers in each month.
#[must_use]
pub fn output(income: &Income, by_tier: bool) -> ReportOutput<&Income, IncomeRow> {
    let waiting = income.unmatched.transactions;
    let unmatched = match waiting {
        0 => String::new(),
        _ => format!("{} in {waiting}", decimal(income.unmatched.amount, income.currency.digits)),
    };
    let total = IncomeRow {
        month: "all".into(),
        tier: None,
        sums: income.total,
        unmatched: income.unmatched.amount,
        digits: income.currency.digits,
    };
    ReportOutput {
        json: income,
        rows: income.months.iter().flat_map(|month| rows(month, income, by_tier)).collect(),
        total: Some(total),
        columns: if by_tier { TIERS } else { MONTHS },
        empty: "there are no payments",
        below: vec![("currency", income.currency.code.clone()), ("unmatched", unmatched)],
        picture: Some(picture(income)),
    }
}

fn rows(month: &IncomeMonth, income: &Income, by_tier: bool) -> Vec<IncomeRow> {
    let row = |tier, sums| IncomeRow {
        month: month.month.to_string(),
        tier,
        sums,
        unmatched: month.unmatched.amount,
        digits: income.currency.digits,
    };
    if !by_tier {
        return vec![row(None, month.sums)];
    }
    let tier = |it: &TierSums| row(it.tier.as_ref().map(ToString::to_string), it.sums);
    month.tiers.iter().map(tier).collect()
}

fn picture(income: &Income) -> String {
    let months: Vec<String> = income.months.iter().map(|it| it.month.to_string()).collect();
    let series = |name, of: fn(&IncomeMonth) -> i64| Series {
        name,
        values: income.months.iter().map(of).collect(),
    };
    let series = Series::non_zero([
        series("received", |it| it.sums.received),
        series("given back", |it| it.sums.given_back),
        series("unmatched", |it| it.unmatched.amount),
    ]);
    let title = format!("Income by month, {}", income.currency.code);
    bars(&title, &months, &series, &|amount| decimal(amount, income.currency.digits))
}
