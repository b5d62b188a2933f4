//! What the building used and what that cost: tables by month, by meter and by facility, and a picture.

use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ReportOutput,
    svg::{Series, bars},
};
use crate::{
    app::{AppError, measurements, view},
    domain::{
        meters::{BASE, BilledUnit, Oddity},
        model::{Finding, Meter, Slug},
        money::{Currency, decimal},
        people::Visits,
        report::{
            self, Attendance, FacilityUse, MeterMonth, MeteredUse, ResourceMonth, Resources, Span,
        },
    },
    store::{
        Revision,
        journal::{self, Filter},
        measurements::MeterSlices,
    },
};

/// What was used, and what could not be understood.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Found {
    /// What was used.
    #[serde(flatten)]
    pub resources: Resources,
    /// What was odd about the meters, in words.
    pub notes: Vec<String>,
}

/// Adds up what was used in some months, and in the same months of the year before. Also returns
/// what is wrong with lines of the journals.
///
/// # Errors
/// The measurements or the journals cannot be read.
pub fn add_up(
    head: &Revision<'_>,
    journals: &Path,
    span: Span,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<(Found, Vec<Finding>), AppError> {
    let former = measurements::begin_of(report::first(report::before(span.from, 12)), zone);
    let first = measurements::begin_of(report::first(span.from), zone);
    let end = report::last(span.until).tomorrow().unwrap_or(report::last(span.until));
    let end = measurements::begin_of(end, zone);
    let mut read: Vec<(Slug, Meter, MeterSlices)> = Vec::new();
    for (name, meter) in measurements::meters(head) {
        let slices = measurements::slices(head.store(), &name, &meter, (former, end))?;
        read.push((name, meter, slices));
    }
    let meters: Vec<MeteredUse<'_>> = read
        .iter()
        .map(|(name, meter, it)| MeteredUse { name, meter, slices: &it.slices })
        .collect();
    let filter = Filter { from: Some(first), until: Some(end), ..Filter::default() };
    let mut visits = Visits::new(zone.clone());
    let findings = journal::each(journals, &filter, |activity| {
        visits.add(&activity);
        true
    })?;
    let (months, uses) = visits.finish(now.min(end));
    let attendance = Attendance { months, uses };
    let currency = Currency::of(&head.basis().0);
    let resources = report::resources(&meters, &attendance, span, zone, currency);
    let notes = read.iter().flat_map(|(name, _, it)| notes(name, it)).collect();
    Ok((Found { resources, notes }, findings))
}

/// Says what was odd about a meter.
fn notes(name: &Slug, it: &MeterSlices) -> Vec<String> {
    let mut notes = Vec::new();
    if it.damage.bytes > 0 {
        notes.push(format!("{name}: {} bytes of its files are damaged", it.damage.bytes));
    }
    if it.damage.other_unit > 0 {
        let count = it.damage.other_unit;
        notes.push(format!("{name}: {count} measurements are in another unit and were left out"));
    }
    let replaced = it.odd.get(&Oddity::Replaced).copied().unwrap_or(0);
    if replaced > 0 {
        notes.push(format!(
            "{name}: a counter was replaced or jumped, {replaced} times; what was used in between is \
             unknown"
        ));
    }
    notes
}

/// A month in all, and the number of digits of amounts.
#[derive(Debug)]
pub struct MonthRow(ResourceMonth, u8);

/// A meter in a month.
#[derive(Debug)]
pub struct MeterRow(MeterMonth, u8, Option<&'static str>);

/// A facility.
#[derive(Debug)]
pub struct FacilityRow(FacilityUse, u8);

fn money(amount: Option<i64>, digits: u8) -> view::Cell {
    view::maybe(amount.map(|it| decimal(it, digits)))
}

const MONTHS: &[view::Column<MonthRow>] = &[
    view::Column::new("MONTH", |row: &MonthRow| view::plain(row.0.month)),
    view::Column::new("COST", |row| money(row.0.cost, row.1)),
    view::Column::new("YEAR BEFORE", |row| money(row.0.year_before, row.1)),
    view::Column::new("OPEN HOURS", |row| view::plain(format!("{:.1}", row.0.open_hours))),
    view::Column::new("PER HOUR", |row| money(row.0.per_hour, row.1)),
    view::Column::new("VISITS", |row| view::plain(row.0.visits)),
    view::Column::new("PER VISIT", |row| money(row.0.per_visit, row.1)),
    view::Column::new("DEGREE DAYS", |row| {
        view::maybe(row.0.degree_days.map(|it| format!("{it:.1}")))
    }),
];

const METERS: &[view::Column<MeterRow>] = &[
    view::Column::new("MONTH", |row: &MeterRow| view::plain(row.0.month)),
    view::Column::new("METER", |row| view::plain(&row.0.meter)),
    view::Column::new("USED", |row| view::maybe(row.0.used.map(view::digits))),
    view::Column::new("IN", |row| view::maybe(row.0.unit.map(BilledUnit::shown))),
    view::Column::new("YEAR BEFORE", |row| view::maybe(row.0.year_before.map(view::digits))),
    view::Column::new("CHANGE", |row| view::maybe(change(row.0.used, row.0.year_before))),
    view::Column::new("COST", |row| money(row.0.cost, row.1)),
    view::Column::new("MEAN", |row| value(row, |(mean, ..)| mean)),
    view::Column::new("LEAST", |row| value(row, |(_, least, _)| least)),
    view::Column::new("MOST", |row| value(row, |(.., most)| most)),
    view::Column::new("UNIT", |row| view::maybe(row.2)),
];

fn value(row: &MeterRow, of: fn((f64, f64, f64)) -> f64) -> view::Cell {
    view::maybe(row.0.values.map(|it| view::digits(of(it))))
}

const FACILITIES: &[view::Column<FacilityRow>] = &[
    view::Column::new("FACILITY", |row: &FacilityRow| view::plain(&row.0.facility)),
    view::Column::new("METER", |row| view::plain(&row.0.meter)),
    view::Column::new("USED", |row| view::plain(view::digits(row.0.used))),
    view::Column::new("IN", |row| view::plain(row.0.unit.shown())),
    view::Column::new("COST", |row| money(row.0.cost, row.1)),
    view::Column::new("USES", |row| view::plain(row.0.uses)),
    view::Column::new("PER USE", |row| money(row.0.per_use, row.1)),
];

fn change(used: Option<f64>, before: Option<f64>) -> Option<String> {
    let before = before.filter(|it| *it > 0.0)?;
    Some(format!("{:+.0} %", (used? / before - 1.0) * 100.0))
}

/// The sentence for when there is nothing.
const NOTHING: &str = "nothing was measured in this time";

/// Each month in all.
#[must_use]
pub fn by_month(found: &Found) -> ReportOutput<&Found, MonthRow> {
    let digits = found.resources.currency.digits;
    let rows = found.resources.months.iter().map(|it| MonthRow(it.clone(), digits));
    output(found, rows.collect(), MONTHS)
}

/// Each meter in each month; values of meters that do not count are in the meter's unit.
#[must_use]
pub fn by_meter<'f>(
    found: &'f Found,
    meters: &[(Slug, Meter)],
) -> ReportOutput<&'f Found, MeterRow> {
    let digits = found.resources.currency.digits;
    let row = |it: &MeterMonth| {
        let meter = meters.iter().find(|(name, _)| *name == it.meter && it.values.is_some());
        MeterRow(it.clone(), digits, meter.map(|(_, it)| it.unit.shown()))
    };
    output(found, found.resources.meters.iter().map(row).collect(), METERS)
}

/// Each facility with a meter of its own, over all months.
#[must_use]
pub fn by_facility(found: &Found) -> ReportOutput<&Found, FacilityRow> {
    let digits = found.resources.currency.digits;
    let rows = found.resources.facilities.iter().map(|it| FacilityRow(it.clone(), digits));
    output(found, rows.collect(), FACILITIES)
}

fn output<'f, R>(
    found: &'f Found,
    rows: Vec<R>,
    columns: &'static [view::Column<R>],
) -> ReportOutput<&'f Found, R> {
    let resources = &found.resources;
    let cold = resources.months.iter().any(|it| it.degree_days.is_some());
    let base = if cold { format!("below {BASE} °C outside") } else { String::new() };
    let rows = if resources.meters.is_empty() { Vec::new() } else { rows };
    ReportOutput {
        json: found,
        rows,
        total: None,
        columns,
        empty: NOTHING,
        below: vec![
            ("currency", resources.currency.code.clone()),
            ("degree days", base),
            ("notes", found.notes.join("\n")),
        ],
        picture: Some(picture(resources)),
    }
}

fn picture(resources: &Resources) -> String {
    let months: Vec<String> = resources.months.iter().map(|it| it.month.to_string()).collect();
    let series = |name, of: fn(&ResourceMonth) -> Option<i64>| Series {
        name,
        values: resources.months.iter().map(|it| of(it).unwrap_or(0)).collect(),
    };
    let series = Series::non_zero([
        series("cost", |it| it.cost),
        series("year before", |it| it.year_before),
    ]);
    let digits = resources.currency.digits;
    let title = format!("Cost by month, {}", resources.currency.code);
    bars(&title, &months, &series, &|amount| decimal(amount, digits))
}
