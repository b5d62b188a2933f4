//! Any text as a timespec: `cargo +nightly fuzz run calendar`.

#![no_main]

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use libfuzzer_sys::fuzz_target;
use space::domain::schedule::{Timespec, Window};

/// In the middle of most calendars, close to a clock change: 2026-03-01.
const FROM: i64 = 1_772_323_200;

fuzz_target!(|text: &str| {
    let zone = TimeZone::get("America/Chicago").expect("the zone is in the database");
    let Ok(timespec) = Timespec::parse(text, &zone) else { return };
    let from = Timestamp::from_second(FROM).expect("it is in range");
    let until = from + SignedDuration::from_hours(14 * 24);
    let events = timespec.intervals(Window { from, until });
    assert!(events.iter().all(|event| event.start < event.end));
    assert!(events.windows(2).all(|pair| pair[0].end <= pair[1].start));
    let _ = (timespec.next(from, 3), timespec.begins(), timespec.ends());
    for at in [Timestamp::MIN, from, Timestamp::MAX] {
        let _ = timespec.is_on(at);
    }
});
