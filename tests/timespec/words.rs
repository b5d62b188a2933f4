//! The requirements for a timespec, sentence by sentence.

use jiff::{Timestamp, tz::TimeZone};
use space::domain::schedule::{Interval, Timespec, Window};

fn chicago() -> TimeZone {
    TimeZone::get("America/Chicago").expect("the zone exists")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("it is an instant")
}

fn open_house(rule: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Open house\n\
         DTSTART;TZID=America/Chicago:20200923T190000\nDTEND;TZID=America/Chicago:20200923T210000\n\
         {rule}END:VEVENT\nEND:VCALENDAR\n"
    )
}

/// It is `always` (requirements.md D-48) …
#[test]
fn always_is_always() {
    let always = Timespec::parse("always", &chicago()).expect("it is one of the two");
    for moment in ["0001-01-01T00:00:00Z", "2020-09-23T19:00:00Z", "9000-01-01T00:00:00Z"] {
        assert!(always.is_on(at(moment)), "{moment}");
    }
    let window = Window { from: at("2020-01-01T00:00:00Z"), until: at("2020-01-02T00:00:00Z") };
    assert_eq!(always.intervals(window), [Interval::ALWAYS]);
    assert_eq!(always.next(at("2020-01-01T00:00:00Z"), 3), [Interval::ALWAYS]);
    assert_eq!(always.ends(), None);
}

/// … or a whole iCalendar (requirements.md D-48) …
#[test]
fn a_calendar_is_on_during_its_event() {
    let event = Timespec::parse(&open_house(""), &chicago()).expect("it is one of the two");
    assert!(event.is_on(at("2020-09-24T00:00:00Z")));
    assert!(!event.is_on(at("2020-09-24T02:00:00Z")));
    assert_eq!(event.ends(), Some(at("2020-09-24T02:00:00Z")));
}

/// … and nothing else (requirements.md D-48).
#[test]
fn anything_else_is_refused() {
    for text in ["", "Always", "always ", "never", "0 19 * * WED", "{}", "19:00-21:00"] {
        let refusal = Timespec::parse(text, &chicago()).expect_err(text);
        assert!(!refusal.message.is_empty());
    }
}

/// A calendar has an event in it (requirements.md D-48).
#[test]
fn a_calendar_without_an_event_is_refused() {
    let refusal = Timespec::parse("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", &chicago());
    assert_eq!(refusal.expect_err("no event").to_string(), "line 1: the calendar has no VEVENT");
}

/// Events may repeat (requirements.md D-81).
#[test]
fn repeating_events_repeat() {
    let weekly = open_house("RRULE:FREQ=WEEKLY;BYDAY=WE\n");
    let weekly = Timespec::parse(&weekly, &chicago()).expect("it is a calendar");
    let starts: Vec<_> = weekly
        .next(at("2020-10-22T01:00:00Z"), 4)
        .iter()
        .map(|event| event.start.to_string())
        .collect();
    let expected = [
        "2020-10-22T00:00:00Z", // it is on
        "2020-10-29T00:00:00Z",
        "2020-11-05T01:00:00Z", // the clocks have been put back
        "2020-11-12T01:00:00Z",
    ];
    assert_eq!(starts, expected);
    assert_eq!(weekly.ends(), None);
}

/// An event covers `[start, end)`; overlapping ones are merged, adjacent ones stay separate.
#[test]
fn events_that_overlap_are_one_and_adjacent_ones_two() {
    let event = |start: &str, end: &str| {
        format!("BEGIN:VEVENT\nDTSTART:20260105T{start}Z\nDTEND:20260105T{end}Z\nEND:VEVENT\n")
    };
    let events = [
        event("100000", "120000"),
        event("110000", "130000"),
        event("110000", "130000"),
        event("130000", "140000"),
        event("160000", "170000"),
        event("160000", "170000"),
    ];
    let text = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.concat());
    let timespec = Timespec::parse(&text, &TimeZone::UTC).expect("it is a calendar");
    let window = Window { from: at("2026-01-05T12:30:00Z"), until: at("2026-01-05T16:30:00Z") };
    let seen: Vec<String> =
        timespec.intervals(window).iter().map(|i| format!("{}/{}", i.start, i.end)).collect();
    // The first ends before the window and does not take part; nothing is cut at the edges.
    let expected = [
        "2026-01-05T11:00:00Z/2026-01-05T13:00:00Z",
        "2026-01-05T13:00:00Z/2026-01-05T14:00:00Z",
        "2026-01-05T16:00:00Z/2026-01-05T17:00:00Z",
    ];
    assert_eq!(seen, expected);
}
