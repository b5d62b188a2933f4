//! Timespecs with an expected answer: on, off, or refused.

use std::{collections::BTreeMap, fs};

use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use space::domain::schedule::Timespec;

#[derive(Deserialize)]
struct Book {
    time_zone: String,
    timespecs: BTreeMap<String, Text>,
    cases: Vec<Case>,
}

/// A text, or its lines: those of a calendar, or those of its only event.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Lines(Vec<String>),
}

#[derive(Deserialize)]
struct Case {
    timespec: String,
    at: Timestamp,
    expect: String,
}

fn answer(text: &str, zone: &TimeZone, at: Timestamp) -> &'static str {
    match Timespec::parse(text, zone) {
        Ok(timespec) if timespec.is_on(at) => "on",
        Ok(_) => "off",
        Err(_) => "invalid",
    }
}

impl Text {
    fn text(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Lines(lines) if lines[0].contains("BEGIN:") => lines.join("\n"),
            Self::Lines(lines) => format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\n{}\nEND:VEVENT\nEND:VCALENDAR\n",
                lines.join("\n")
            ),
        }
    }
}

fn open(file: &str) -> Book {
    let text = fs::read_to_string(format!("tests/timespec/{file}")).expect("the book is there");
    serde_json::from_str(&text).expect("the book can be read")
}

/// Returns every text of the books.
pub(crate) fn all_texts() -> Vec<String> {
    let books = ["cases.json", "moments.json"].map(open);
    books.iter().flat_map(|book| book.timespecs.values().map(Text::text)).collect()
}

/// Returns the text with a name.
pub(crate) fn text_of(name: &str) -> String {
    let books = ["cases.json", "moments.json"].map(open);
    let found = books.iter().find_map(|book| book.timespecs.get(name));
    found.unwrap_or_else(|| panic!("no book has {name}")).text()
}

fn try_book(file: &str) -> usize {
    let book = open(file);
    let zone = TimeZone::get(&book.time_zone).expect("the zone exists");
    let mut wrong = Vec::new();
    for case in &book.cases {
        let seen = answer(&book.timespecs[&case.timespec].text(), &zone, case.at);
        if seen != case.expect {
            wrong.push(format!("{} at {}: {seen}, not {}", case.timespec, case.at, case.expect));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    book.cases.len()
}

#[test]
fn the_examples_come_out_as_expected() {
    assert!(try_book("cases.json") >= 80);
}

#[test]
fn further_moments_come_out_as_expected() {
    assert!(try_book("moments.json") >= 80);
}
