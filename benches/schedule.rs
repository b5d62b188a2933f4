//! How long it takes to read a timespec and to work out two weeks of it.
//!
//! The baseline reads the same bytes and visits every hour of the two weeks once; what is
//! promised is a bound in steps (tested) and this ratio.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use space::domain::schedule::{Timespec, Window};

fn calendar(events: impl IntoIterator<Item = String>) -> String {
    let events: String =
        events.into_iter().map(|lines| format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n")).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

fn event(rule: &str) -> String {
    format!("DTSTART;TZID=America/Chicago:19990103T190000\nDURATION:PT1H\nRRULE:{rule}")
}

fn calendars() -> Vec<(&'static str, String)> {
    let of = |rule| calendar([event(rule)]);
    let many = |count: usize, rule: &str| calendar((0..count).map(|_| event(rule)));
    vec![
        ("weekly", of("FREQ=WEEKLY;BYDAY=WE")),
        ("daily", of("FREQ=DAILY")),
        ("hourly", of("FREQ=HOURLY")),
        ("last workday", of("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")),
        ("week 20", of("FREQ=YEARLY;BYWEEKNO=20")),
        ("count daily 10000", of("FREQ=DAILY;COUNT=10000")),
        ("count weekly 10000", of("FREQ=WEEKLY;COUNT=10000")),
        ("count monthly 10000", of("FREQ=MONTHLY;COUNT=10000")),
        ("count yearly 5000", of("FREQ=YEARLY;COUNT=5000")),
        ("count 31st 10000", of("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3000")),
        ("1000 weekly", many(1000, "FREQ=WEEKLY")),
        ("1000 week 20", many(200, "FREQ=YEARLY;BYWEEKNO=20")),
        ("1000 yearly", many(1000, "FREQ=YEARLY")),
    ]
}

fn compile(criterion: &mut Criterion) {
    let zone = TimeZone::get("America/Chicago").expect("the zone exists");
    let from: Timestamp = "2026-11-20T00:00:00Z".parse().expect("it is an instant");
    let window = Window { from, until: from + (14 * 24).hours() };
    let mut group = criterion.benchmark_group("compile");
    for (name, text) in calendars() {
        group.bench_function(name, |b| {
            b.iter(|| {
                let timespec = Timespec::parse(black_box(&text), &zone).expect("it is accepted");
                timespec.intervals(window)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, compile);
criterion_main!(benches);
