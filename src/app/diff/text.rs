//! A difference as text for a terminal, or as Markdown for a comment.

use std::fmt::Write as _;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::Difference;
use crate::domain::{
    effect::{AccessDifference, FieldDifference, RecordDifference, Stretch},
    model::text::shown,
};

/// The most lines of one kind; further ones are only counted.
const MOST: usize = 200;

/// How the text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// For a terminal.
    Plain,
    /// For a comment under a pull request.
    Markdown,
}

/// Writes a difference.
#[must_use]
pub fn text(it: &Difference, style: Style) -> String {
    let mut out = String::new();
    let mut part = |title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        let more = lines.len().saturating_sub(MOST);
        let _ = match style {
            Style::Plain => writeln!(out, "{title}"),
            Style::Markdown => writeln!(out, "### {title}\n"),
        };
        for line in lines.iter().take(MOST) {
            let _ = match style {
                Style::Plain => writeln!(out, "  {line}"),
                Style::Markdown => writeln!(out, "- {}", escaped(line)),
            };
        }
        if more > 0 {
            let _ =
                writeln!(out, "{}and {more} more", if style == Style::Plain { "  " } else { "- " });
        }
        if style == Style::Markdown {
            out.push('\n');
        }
    };
    let faults = it.findings.iter().chain(&it.brake).map(|it| {
        let severity = if it.is_error() { "error" } else { "warning" };
        format!("{severity}: {}: {}", it.path, it.message)
    });
    part("Findings", faults.collect());
    part("Access", it.access.iter().map(|one| access(one, &it.zone)).collect());
    let money = |amount: Option<i64>| {
        amount.map_or("nothing".to_owned(), |minor| it.currency.amount(minor).to_string())
    };
    let dues = it.dues.iter().map(|one| {
        let (before, after) = (money(one.before), money(one.after));
        format!("{} {}: {after} a month, previously {before}", one.member, shown(&one.name))
    });
    part("Dues", dues.collect());
    let mut records: Vec<String> = it.records.iter().map(record).collect();
    records.extend(it.files.iter().map(|path| format!("{}: is not a record", shown(path))));
    part("Records", records);
    if it.records.is_empty() && it.files.is_empty() {
        out.push_str("nothing differs\n");
    } else {
        let same = match it.same {
            1 => "the access of 1 member stays as it is".to_owned(),
            n => format!("the access of {n} members stays as it is"),
        };
        let _ = writeln!(out, "{same}");
    }
    out
}

fn access(it: &AccessDifference, zone: &TimeZone) -> String {
    let who = format!("{} {}", it.member, shown(&it.name));
    let list = |all: &[Stretch]| -> String {
        let all: Vec<String> = all.iter().map(|it| stretch(it, zone)).collect();
        if all.is_empty() { "never".to_owned() } else { all.join("; ") }
    };
    let (word, facility) = (it.word(), &it.facility);
    match (it.before.is_empty(), it.after.is_empty()) {
        (true, _) => format!("{who} {word} {facility}: {}", list(&it.after)),
        (_, true) => format!("{who} {word} {facility}: {}", list(&it.before)),
        _ => {
            format!("{who} {word} {facility}: {}, previously {}", list(&it.after), list(&it.before))
        }
    }
}

fn stretch(it: &Stretch, zone: &TimeZone) -> String {
    let at = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let until = it.until.map_or_else(String::new, |until| format!(" until {}", at(until)));
    format!("priority {} from {}{until}", it.priority, at(it.from))
}

fn record(it: &RecordDifference) -> String {
    let fields: Vec<String> = it.fields.iter().map(field).collect();
    match fields.is_empty() {
        true => format!("{}: {}", it.path, it.what),
        false => format!("{}: {}", it.path, fields.join(", ")),
    }
}

fn field(it: &FieldDifference) -> String {
    let value = |value: &Value| match value {
        Value::String(text) => shown(text),
        Value::Null => "none".to_owned(),
        Value::Array(all) => format!("{} entries", all.len()),
        other => shown(&other.to_string()),
    };
    match (&it.before, &it.after) {
        (Some(before), Some(after)) => format!("{} {} → {}", it.field, value(before), value(after)),
        _ => it.field.clone(),
    }
}

/// Keeps a text from being read as Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>()#+!|@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
