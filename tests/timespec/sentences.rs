//! The text of refusals and warnings: where, what is wrong, what to do.

use jiff::tz::TimeZone;
use space::domain::schedule::Timespec;

use crate::book;

fn warnings_and_errors(text: &str) -> Vec<String> {
    match Timespec::parse(text, &TimeZone::get("America/Chicago").expect("the zone exists")) {
        Ok(timespec) => timespec.warnings().to_vec(),
        Err(refusal) => vec![refusal.to_string()],
    }
}

#[test]
fn a_refusal_names_the_line_and_what_to_do() {
    for (name, sentence) in [
        (
            "end_before_start",
            "line 9: the event ends at 20210105T090000Z, which is not after its start",
        ),
        (
            "unknown_tz_novtz",
            "line 8: the time zone `Nowhere/Zone` is not known: write an IANA name such as Europe/London",
        ),
        ("no_dtstart", "line 5: the event has no DTSTART"),
        ("empty", "the text is empty: write `always` or a calendar"),
        ("garbage", "line 1: `every tuesday` is not a valid calendar line (NAME:value)"),
        ("ALWAYS", "write `always` in lower case, without blanks"),
        ("no_end", "line 3: the event has no end: add DTEND or DURATION"),
        ("every_minute", "line 5: FREQ=MINUTELY is not supported: the shortest is HOURLY"),
        (
            "count_beyond_counting",
            "line 5: counting the instances of this rule takes too long: use UNTIL, not COUNT",
        ),
        (
            "every_second_of_every_hour",
            "expanding these events takes too long: make them fewer, shorter or less frequent",
        ),
        (
            "this_and_future",
            "line 10: RANGE is not supported: end the event and write another one instead",
        ),
        ("two_calendars", "line 7: there is text after END:VCALENDAR"),
        ("no_end_of_calendar", "line 1: BEGIN:VCALENDAR has no END:VCALENDAR"),
        (
            "30_february",
            "line 3: DTSTART is `20210230T100000Z`, which is not a valid date (20260105) or time (20260105T190000, …Z in UTC)",
        ),
    ] {
        assert_eq!(warnings_and_errors(&book::text_of(name)), [sentence], "{name}");
    }
}

#[test]
fn a_line_is_counted_before_unfolding() {
    let text = "BEGIN:VCALENDAR\r\nX-A:1\r\n 2\r\n 3\r\nBEGIN:VEVENT\r\nDTSTART:2021\r\n 0105T100000Z\r\n\
                DTEND:20210105T09\r\n 0000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let sentence = "line 8: the event ends at 20210105T090000Z, which is not after its start";
    assert_eq!(warnings_and_errors(text), [sentence]);
}

#[test]
fn an_ambiguity_is_a_warning() {
    for (name, sentence) in [
        (
            "count_after_start_beside_the_rule",
            "line 5: DTSTART is not one of the times that the rule produces; it counts as well",
        ),
        ("days_of_a_zone", "line 3: a date has no TZID; the day is taken in the space's time zone"),
        (
            "hours_of_whole_days",
            "line 4: an all-day event has no times: BYHOUR, BYMINUTE and BYSECOND are ignored",
        ),
    ] {
        assert_eq!(warnings_and_errors(&book::text_of(name)), [sentence], "{name}");
    }
    assert!(warnings_and_errors(&book::text_of("weekly_wed")).is_empty());
}

#[test]
fn an_exception_without_effect_is_a_warning() {
    let series = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20210105T100000Z\n\
                  DURATION:PT1H\nRRULE:FREQ=DAILY\n";
    let exdate = "EXDATE:20210106T100000Z,20210107T110000Z\nEND:VEVENT\nEND:VCALENDAR\n";
    let sentence =
        "line 7: EXDATE 20210107T110000Z has no effect: there is no instance at that time";
    assert_eq!(warnings_and_errors(&format!("{series}{exdate}")), [sentence]);
    let moved = "END:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20210107T110000Z\n\
                 DTSTART:20210107T150000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n";
    let sentence =
        "line 10: there is no instance at 20210107T110000Z; its replacement still takes place";
    assert_eq!(warnings_and_errors(&format!("{series}{moved}")), [sentence]);
}
