//! How long it takes to parse a timespec and to expand two weeks of it.
//!
//! The baseline is what no implementation can avoid: turning one local time on each of the
//! fourteen days into an instant. The worst calendars are the largest accepted ones of their kind;
//! the promised maximum of 50 ms for them is tested as a number of steps.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{Timestamp, ToSpan as _, civil::date, tz::TimeZone};
use space::domain::schedule::{Timespec, Window};

fn zone() -> TimeZone {
    TimeZone::get("America/Chicago").expect("the zone exists")
}

fn calendar(count: usize, event: &str) -> String {
    let event = format!("BEGIN:VEVENT\nDTSTART;TZID=America/Chicago:{event}\nEND:VEVENT\n");
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n", event.repeat(count))
}

fn of_rule(rule: &str) -> String {
    format!("19990103T190000\nDURATION:PT1H\nRRULE:FREQ={rule}")
}

/// Returns the calendar with the largest number that is accepted.
fn worst(calendar: impl Fn(usize) -> String) -> String {
    let fits = |n: &usize| Timespec::parse(&calendar(*n), &zone()).is_ok();
    let (mut most, mut step) = (1, 1 << 18);
    while step > 0 {
        if fits(&(most + step)) {
            most += step;
        }
        step /= 2;
    }
    calendar(most)
}

fn calendars() -> Vec<(&'static str, String)> {
    let many = |rule: &'static str| worst(move |n| calendar(n, &of_rule(rule)));
    let minutes: Vec<_> = (0..60).map(|n| n.to_string()).collect();
    let busy = format!("HOURLY;BYMINUTE={}", minutes.join(","));
    vec![
        ("weekly", calendar(1, &of_rule("WEEKLY;BYDAY=WE"))),
        ("daily", calendar(1, &of_rule("DAILY"))),
        ("last workday", calendar(1, &of_rule("MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"))),
        ("worst: single events", worst(|n| calendar(n, "20261125T190000\nDURATION:PT1H"))),
        ("worst: weekly rules", many("WEEKLY")),
        ("worst: yearly rules", many("YEARLY;BYDAY=20MO,FR")),
        ("worst: every minute", worst(|n| calendar(n, &of_rule(&busy)))),
        ("worst: positions", many("YEARLY;BYDAY=MO,FR;BYSETPOS=-1")),
        ("worst: counted", worst(|n| calendar(1, &of_rule(&format!("MONTHLY;COUNT={n}"))))),
        ("worst: counted hours", worst(|n| calendar(1, &of_rule(&format!("HOURLY;COUNT={n}"))))),
    ]
}

fn compile(criterion: &mut Criterion) {
    let zone = zone();
    let from: Timestamp = "2026-11-20T00:00:00Z".parse().expect("it is an instant");
    let window = Window { from, until: from + (14 * 24).hours() };
    let mut group = criterion.benchmark_group("timespec");
    group.bench_function("baseline", |b| {
        b.iter(|| {
            let days = black_box(date(2026, 11, 20)).series(1.day()).take(14);
            days.filter_map(|day| zone.to_timestamp(day.at(19, 0, 0, 0)).ok()).max()
        });
    });
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
