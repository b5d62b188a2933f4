//! A running door as it stands, from its answer.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::Value;

use super::{CellStyle, Column, maybe, plain};
use crate::{
    app::when::{self, local},
    domain::model::Advice,
};

/// A door or a device, as the answer has it.
#[derive(Clone, Debug)]
pub struct StatusRow {
    /// What the answer says about it.
    pub status: Value,
    /// The zone to show times in.
    pub zone: TimeZone,
}

impl StatusRow {
    /// Returns the rows of one kind: `doors` or `devices`.
    #[must_use]
    pub fn all(status: &Value, kind: &str, zone: &TimeZone) -> Vec<Self> {
        let rows = status[kind].as_array().into_iter().flatten();
        rows.map(|it| Self { status: it.clone(), zone: zone.clone() }).collect()
    }

    /// Returns a field as text; empty if it has none.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        text(&self.status[field])
    }

    fn moment(&self, field: &str) -> Option<String> {
        moment(&self.status[field], &self.zone)
    }
}

/// The columns of doors.
pub const DOORS: &[Column<StatusRow>] = &[
    Column::new("DOOR", |row| plain(row.text("door"))),
    Column::new("FACILITY", |row| plain(row.text("facility"))),
    Column::new("STATE", |row| match row.text("state") {
        "locked" => plain("locked"),
        "locked-by-hand" => ("locked by hand".into(), CellStyle::Warning),
        "held" => ("held unlocked".into(), CellStyle::Warning),
        other => (other.into(), CellStyle::Good),
    }),
    Column::new("UNTIL", |row| maybe(row.moment("until"))),
    Column::spare(1, "BY", |row| {
        maybe(row.status["requirement"].as_str().or(row.status["by"].as_str()))
    }),
    Column::spare(2, "STRIKE", |row| match row.text("strike") {
        "unknown" => ("unknown".into(), CellStyle::Bad),
        "none" => ("-".into(), CellStyle::Faint),
        other => plain(other),
    }),
    Column::spare(3, "CONTACT", |row| {
        maybe(row.status["open"].as_bool().map(|open| if open { "open" } else { "closed" }))
    }),
    Column::spare(4, "NEXT CHANGE", |row| maybe(row.moment("next_change"))),
];

/// The columns of devices.
pub const DEVICES: &[Column<StatusRow>] = &[
    Column::new("DEVICE", |row| plain(row.text("device"))),
    Column::new("CONNECTED SINCE", |row| match row.moment("connected") {
        Some(since) => (since, CellStyle::Good),
        None => ("not connected".into(), CellStyle::Bad),
    }),
    Column::spare(1, "WHAT IT IS", |row| maybe(row.status["what"].as_str())),
    Column::spare(2, "LAST FAILURE", |row| maybe(row.moment("failed"))),
    Column::new("BECAUSE", |row| maybe(row.status["error"].as_str())),
];

/// Returns what else there is to say, as labels and values; a value may be empty.
#[must_use]
pub fn lines(
    status: &Value,
    zone: &TimeZone,
    words: fn(&Advice) -> String,
) -> Vec<(&'static str, String)> {
    let pauses: Vec<String> = status["pauses"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| {
            let until = moment(&it["until"], zone).unwrap_or_default();
            format!("{} ignores every {} until {until}", text(&it["reader"]), text(&it["type"]))
        })
        .collect();
    vec![
        ("time", moment(&status["time"], zone).unwrap_or_default()),
        ("clock", describe_clock(&status["doubt"], words)),
        ("commit", in_force(status, zone)),
        ("news until", heard(status, zone)),
        ("trouble", trouble(&status["in_force"], zone)),
        ("server", server(&status["clone"], zone)),
        ("warnings", notes(&status["clone"]["notes"])),
        ("pausing", pauses.join(", ")),
        ("journal", journal(&status["journal"])),
    ]
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn timestamp(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn moment(value: &Value, zone: &TimeZone) -> Option<String> {
    Some(local(timestamp(value)?, zone))
}

fn in_force(status: &Value, zone: &TimeZone) -> String {
    let Some(commit) = status["commit"].as_str() else { return "none".to_owned() };
    let since = moment(&status["in_force"]["since"], zone).unwrap_or_default();
    let made = timestamp(&status["in_force"]["committed"]).zip(timestamp(&status["time"]));
    let made = made.map_or_else(String::new, |(made, now)| {
        format!(" (made {})", when::ago(now.duration_since(made)))
    });
    format!("{}{made}, in force since {since}", commit.get(..7).unwrap_or(commit))
}

/// Says until when the records in force are known to have been current, and where that restricts what
/// opens.
fn heard(status: &Value, zone: &TimeZone) -> String {
    let heard = timestamp(&status["in_force"]["heard"]).zip(timestamp(&status["time"]));
    let Some((heard, now)) = heard else { return String::new() };
    let age = now.duration_since(heard);
    let mut words = local(heard, zone);
    // It is asked each minute.
    if age > SignedDuration::from_mins(5) {
        words += &format!(" ({})", when::ago(age));
    }
    for door in status["doors"].as_array().into_iter().flatten() {
        let Some(rule) = door["stale"].as_object() else { continue };
        let who = rule.get("priority").and_then(Value::as_i64);
        let who = who.map_or_else(|| "nobody".to_owned(), |least| format!("only priority {least}"));
        words += &format!("\n{}: {who} gets in until news come", text(&door["door"]));
    }
    words
}

/// Says why the newest commit is not in force, and since when.
fn trouble(in_force: &Value, zone: &TimeZone) -> String {
    let why = text(&in_force["trouble"]).to_owned();
    match moment(&in_force["behind_since"], zone) {
        Some(since) if !why.is_empty() => format!("{why}\nsince {since}"),
        _ => why,
    }
}

fn server(clone: &Value, zone: &TimeZone) -> String {
    let Some(url) = clone["upstream"]["url"].as_str() else { return String::new() };
    let fetched = moment(&clone["upstream"]["fetched"], zone)
        .unwrap_or_else(|| "at no known time".to_owned());
    let mut words = format!("{url}: {}, fetched {fetched}", text(&clone["compared"]));
    if let Some(failed) = moment(&clone["upstream"]["failed"], zone) {
        words += &format!("\nthe last fetch, at {failed}, has not succeeded");
    }
    if let Some(said) = clone["upstream"]["answer"].as_str() {
        words += &format!("\ngit said: {said}");
    }
    words
}

fn notes(notes: &Value) -> String {
    let notes: Vec<&str> = notes.as_array().into_iter().flatten().map(text).collect();
    notes.join("\n")
}

fn describe_clock(doubt: &Value, words: fn(&Advice) -> String) -> String {
    let shows = |which: &str, from: &str, to: &str| {
        let it = &doubt[which];
        (!it.is_null()).then(|| (text(&it[from]).to_owned(), text(&it[to]).to_owned()))
    };
    if let Some((shows, latest)) = shows("behind", "shows", "latest") {
        format!(
            "shows {shows}, but {latest} is already past: nothing is held unlocked until it is set\n{}",
            words(&Advice::TrustClock)
        )
    } else if let Some((from, to)) = shows("leapt", "from", "to") {
        format!("jumped from {from} to {to}: nothing is held unlocked until it is steady or set")
    } else if let Some((shows, _)) = shows("unset", "shows", "shows") {
        format!(
            "shows {shows}, but nobody has set it since this machine was started: nothing is held \
             unlocked\n{}",
            words(&Advice::TrustClock)
        )
    } else if let Some((shows, commit)) = shows("ahead", "shows", "commit") {
        format!(
            "shows {shows}, but the newest commit is dated {commit}: nothing is held unlocked\n{}",
            words(&Advice::TrustClock)
        )
    } else {
        "trusted".to_owned()
    }
}

fn journal(journal: &Value) -> String {
    let [pending, dropped] = [&journal["pending"], &journal["dropped"]];
    match journal["trouble"]["words"].as_str() {
        Some(why) => format!("{why}; {pending} activities wait in memory, {dropped} were lost"),
        None => "written".to_owned(),
    }
}
