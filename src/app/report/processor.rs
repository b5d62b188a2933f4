//! What payment processors took, kept and failed to take, beside what was expected, by month.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ReportOutput, day};
use crate::{
    app::{AppError, look_up, view},
    domain::{
        follow,
        model::{Contact, MemberId, Money, Record, RecordPath, Slug, contact::YearMonth},
        money::{Currency, decimal},
        records::{Records as _, last_moment},
        report::{Expected, ProcessorCounter, ProcessorMonth, ProcessorSums, Processors, Span},
    },
    store::Revision,
};

/// A processor in a month, or a total.
#[derive(Debug)]
pub struct ProcessorRow {
    service: String,
    month: String,
    members: Option<u64>,
    expected: Option<Money>,
    sums: ProcessorSums,
    difference: Option<Money>,
    digits: u8,
}

impl ProcessorRow {
    fn money(&self, amount: Money) -> view::Cell {
        view::plain(decimal(amount, self.digits))
    }

    fn maybe(&self, amount: Option<Money>) -> view::Cell {
        view::maybe(amount.map(|it| decimal(it, self.digits)))
    }
}

const COLUMNS: &[view::Column<ProcessorRow>] = &[
    view::Column::new("PROCESSOR", |row: &ProcessorRow| view::text(&row.service)),
    view::Column::new("MONTH", |row| view::text(&row.month)),
    view::Column::spare(3, "MEMBERS", |row| view::maybe(row.members)),
    view::Column::new("EXPECTED", |row| row.maybe(row.expected)),
    view::Column::spare(4, "PAYMENTS", |row| view::plain(row.sums.payments)),
    view::Column::new("RECEIVED", |row| row.money(row.sums.received)),
    view::Column::new("GIVEN BACK", |row| row.money(row.sums.given_back)),
    view::Column::new("DIFFERENCE", |row| row.maybe(row.difference)),
    view::Column::new("FAILED", |row| view::plain(row.sums.failed)),
    view::Column::spare(1, "UNMATCHED", |row| row.money(row.sums.unmatched)),
    view::Column::new("FEES", |row| row.money(row.sums.fees)),
    view::Column::spare(2, "PAID OUT", |row| row.money(row.sums.paid_out)),
];

/// A report, and what a person should look at by what was found on this machine last.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProcessorReport {
    #[serde(flatten)]
    processors: Processors,
    /// By processor, in sentences.
    drift: BTreeMap<Slug, Vec<String>>,
}

/// Adds up what processors did in some months, by the records of a commit; what was expected in each by those
/// of its last day. Also returns the number of records that cannot be read.
///
/// # Errors
/// Fails if the history cannot be read.
pub fn add_up(
    head: &Revision<'_>,
    span: Span,
    (today, zone): (Date, &TimeZone),
) -> Result<(Processors, u64), AppError> {
    let mut counter = ProcessorCounter::default();
    let mut unreadable = head.each_payment(|_, name, payment| counter.add(name, payment, span));
    for (year, id) in head.unmatched() {
        match head.record(&RecordPath::Unmatched(year, id.clone())) {
            Ok(Some(Record::Unmatched(it))) => counter.add_other(&id, &it, span),
            _ => unreadable += 1,
        }
    }
    let months: Vec<YearMonth> = span.months().collect();
    let ends: Vec<Date> = months.iter().map(|it| day::end_or_today(*it, today)).collect();
    let moments: Vec<_> = ends.iter().map(|on| last_moment(*on, zone)).collect();
    let store = head.store();
    let mut expected = BTreeMap::new();
    for ((month, on), commit) in months.iter().zip(&ends).zip(store.commits_at(&moments)?) {
        // A month that goes on is reported by the records that were asked for.
        let is_last = *on == today;
        let then = match commit {
            _ if is_last => expected_on(head, *on)?,
            Some(commit) => expected_on(&store.read(commit)?, *on)?,
            None => continue,
        };
        expected.insert(*month, then);
    }
    Ok((counter.report(Currency::of(&head.basis().0), span, &expected), unreadable))
}

/// Works out what members were to pay by processors for a month, by the records of a local day.
fn expected_on(head: &Revision<'_>, on: Date) -> Result<Expected, AppError> {
    let contacts: BTreeMap<MemberId, Contact> = head.contacts(|_| true).into_iter().collect();
    let names: BTreeSet<&Slug> = contacts.values().filter_map(|it| it.pays_by.as_ref()).collect();
    if names.is_empty() {
        return Ok(Expected::new());
    }
    let prefix = look_up::space(head)?.reference_prefix;
    let census = head.census();
    let everybody = census.all_members();
    let of = |name: &Slug| {
        let wanted =
            follow::wanted(&everybody, &contacts, BTreeSet::new(), name, &prefix, on).members;
        let sum = wanted.values().map(|it| it.what.monthly).sum();
        (name.clone(), (wanted.len() as u64, sum))
    };
    Ok(names.into_iter().map(of).collect())
}

/// Shows the months of each processor.
#[must_use]
pub fn output(
    processors: Processors,
    drift: BTreeMap<Slug, Vec<String>>,
) -> ReportOutput<ProcessorReport, ProcessorRow> {
    let digits = processors.currency.digits;
    let row = |service: &Slug, it: &ProcessorMonth| ProcessorRow {
        service: service.to_string(),
        month: it.month.to_string(),
        members: it.members,
        expected: it.expected,
        sums: it.sums,
        difference: it.difference,
        digits,
    };
    let rows: Vec<ProcessorRow> = processors
        .processors
        .iter()
        .flat_map(|one| one.months.iter().map(|it| row(&one.service, it)))
        .collect();
    let total = processors.total;
    let total = (rows.len() > 1).then(|| ProcessorRow {
        service: "all".into(),
        month: "all".into(),
        members: None,
        expected: Some(total.expected),
        sums: total.sums,
        difference: Some(total.difference),
        digits,
    });
    let lines =
        drift.iter().flat_map(|(name, all)| all.iter().map(move |it| format!("{name}: {it}")));
    let mut below = vec![("currency", processors.currency.code.clone())];
    below.extend(lines.map(|it| ("look at", it)));
    ReportOutput {
        json: ProcessorReport { processors, drift },
        below: if rows.is_empty() { Vec::new() } else { below },
        rows,
        total,
        columns: COLUMNS,
        empty: "nobody pays by a processor",
        picture: None,
    }
}
