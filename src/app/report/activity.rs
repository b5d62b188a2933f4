//! When doors are used, and by how many members: tables by hour and by facility, and a picture.

use super::{
    ReportOutput,
    svg::{Hour, heat},
};
use crate::{
    app::view,
    domain::{
        model::AccessResult,
        report::{Attempts, FacilityUsage, Usage, WeekHour},
    },
    store::journal::Filter,
};

/// One hour of each day of the week.
#[derive(Debug)]
pub struct HourRow {
    hour: String,
    counts: [u64; 7],
}

const HOURS: &[view::Column<HourRow>] = &[
    view::Column::new("HOUR", |row: &HourRow| view::text(&row.hour)),
    view::Column::new("MON", |row| number(row.counts[0])),
    view::Column::new("TUE", |row| number(row.counts[1])),
    view::Column::new("WED", |row| number(row.counts[2])),
    view::Column::new("THU", |row| number(row.counts[3])),
    view::Column::new("FRI", |row| number(row.counts[4])),
    view::Column::new("SAT", |row| number(row.counts[5])),
    view::Column::new("SUN", |row| number(row.counts[6])),
    view::Column::new("ALL", |row| view::plain(row.counts.iter().sum::<u64>())),
];

/// Formats a count; zero is dimmed.
fn number(count: u64) -> view::Cell {
    (count.to_string(), if count == 0 { view::CellStyle::Faint } else { view::CellStyle::Plain })
}

/// A facility, or all of them.
#[derive(Debug)]
pub struct UsageRow {
    name: String,
    attempts: Attempts,
}

const FACILITIES: &[view::Column<UsageRow>] = &[
    view::Column::new("FACILITY", |row: &UsageRow| view::text(&row.name)),
    view::Column::new("GRANTED", |row| view::plain(row.attempts.granted)),
    view::Column::new("DENIED", |row| view::plain(row.attempts.denied)),
    view::Column::new("EXITS", |row| view::plain(row.attempts.exits)),
    view::Column::new("MEMBERS", |row| view::plain(row.attempts.members)),
];

/// The sentence for when nothing matches.
const NOTHING: &str = "the journals of this machine have no such activity";

/// Counts by hour and day of the week: what was granted, or has the result that was asked for.
#[must_use]
pub fn by_hour<'u>(usage: &'u Usage, wanted: &Filter) -> ReportOutput<&'u Usage, HourRow> {
    let result = result(wanted);
    let row = |hour: u8| {
        let mut days = usage.week.iter().filter(|cell| cell.hour == hour);
        let counts = [(); 7].map(|()| days.next().map_or(0, |it| count(&it.attempts, result)));
        HourRow { hour: format!("{hour:02}:00"), counts }
    };
    let hours = if is_empty(usage) { 0 } else { 24 };
    ReportOutput {
        json: usage,
        rows: (0..hours).map(row).collect(),
        total: None,
        columns: HOURS,
        empty: NOTHING,
        below: below(usage),
        picture: Some(picture(usage, result, wanted)),
    }
}

/// Counts by facility.
#[must_use]
pub fn by_facility<'u>(usage: &'u Usage, wanted: &Filter) -> ReportOutput<&'u Usage, UsageRow> {
    let place =
        |it: &FacilityUsage| UsageRow { name: it.facility.to_string(), attempts: it.attempts };
    let all = UsageRow { name: "all".into(), attempts: usage.total };
    ReportOutput {
        json: usage,
        rows: usage.facilities.iter().map(place).collect(),
        total: (usage.facilities.len() > 1).then_some(all),
        columns: FACILITIES,
        empty: NOTHING,
        below: Vec::new(),
        picture: Some(picture(usage, result(wanted), wanted)),
    }
}

fn result(wanted: &Filter) -> AccessResult {
    wanted.result.unwrap_or(AccessResult::Granted)
}

/// Every activity is counted for its facility, whatever its result.
fn is_empty(usage: &Usage) -> bool {
    usage.facilities.is_empty()
}

fn count(attempts: &Attempts, result: AccessResult) -> u64 {
    match result {
        AccessResult::Granted => attempts.granted,
        AccessResult::Denied => attempts.denied,
        AccessResult::Exit => attempts.exits,
        AccessResult::Operated => attempts.operated,
    }
}

fn below(usage: &Usage) -> Vec<(&'static str, String)> {
    let Attempts { granted, denied, exits, operated, members } = usage.total;
    let some = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    vec![
        ("granted", some(granted)),
        ("denied", some(denied)),
        ("exits", some(exits)),
        ("by hand", some(operated)),
        ("members", some(members)),
    ]
}

fn picture(usage: &Usage, result: AccessResult, wanted: &Filter) -> String {
    let hour = |it: &WeekHour| Hour {
        weekday: it.weekday,
        hour: it.hour,
        count: count(&it.attempts, result),
    };
    let hours: Vec<Hour> = usage.week.iter().map(hour).collect();
    let at = wanted.facility.as_ref().map(|it| format!(" at {it}")).unwrap_or_default();
    heat(&format!("Activity by weekday and hour{at}"), result.name(), &hours)
}
