//! Complete calendars, with dates left out, added, moved and cancelled, compared with a Python
//! package.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{DateTime, date},
    tz::TimeZone,
};
use space::domain::schedule::{Timespec, Window};

use crate::{dateutil, python::python, random::Random};

/// The format of a time in a calendar.
const FORM: &str = "%Y%m%dT%H%M%S";

struct Calendar {
    text: String,
    window: Window,
}

#[test]
fn the_library_agrees_with_recurring_ical_events() {
    let packages = ["recurring-ical-events", "icalendar", "tzdata"];
    let Some(python) = python("recurring", &packages, "recurring_ical_events, zoneinfo") else {
        return;
    };
    let mut random = Random(42);
    let calendars: Vec<_> = (0..300).map(|_| one(&mut random)).collect();
    let lines = calendars.iter().map(|calendar| {
        serde_json::json!({
            "text": calendar.text,
            "from": calendar.window.from.as_second(),
            "until": calendar.window.until.as_second(),
        })
    });
    let answers = dateutil::ask(&python, "recurring.py", lines);
    assert_eq!(answers.len(), calendars.len());
    let mut instances = 0;
    for (calendar, theirs) in calendars.iter().zip(answers) {
        let timespec = Timespec::parse(&calendar.text, &TimeZone::UTC).expect(&calendar.text);
        let events = timespec.intervals(calendar.window);
        let mine: Vec<i64> = events.iter().map(|event| event.start.as_second()).collect();
        assert_eq!(mine, theirs, "{}", calendar.text);
        instances += mine.len();
    }
    assert!(instances > 5_000, "only {instances} instances were compared");
}

fn one(random: &mut Random) -> Calendar {
    let day = date(2024, 1, 1).saturating_add(random.within(0, 700).days());
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n".to_owned();
    for uid in 0..random.within(1, 3) {
        series(random, uid, day, &mut text);
    }
    text.push_str("END:VCALENDAR\r\n");
    let from = day.yesterday().expect("it is in range").in_tz("UTC").expect("UTC is known");
    let window = Window { from: from.timestamp(), until: from.timestamp() + (150 * 24).hours() };
    Calendar { text, window }
}

/// Writes a repeating event, with changes of single instances.
fn series(random: &mut Random, uid: i64, day: jiff::civil::Date, text: &mut String) {
    let zone = *random.pick(&["America/Chicago", "Europe/London", "UTC"]);
    // No time that any of these zones skips or repeats.
    let start = day.at(random.within(8, 20) as i8, 15 * random.within(0, 3) as i8, 0, 0);
    let (rule, apart) = *random.pick(&[
        ("FREQ=DAILY", 1),
        ("FREQ=DAILY;INTERVAL=3", 3),
        ("FREQ=WEEKLY", 7),
        ("FREQ=DAILY;COUNT=20", 1),
    ]);
    let at = |time: DateTime| format!(";TZID={zone}:{}", time.strftime(FORM));
    let mut event = |random: &mut Random, lines: &[String]| {
        text.push_str("BEGIN:VEVENT\r\n");
        let own = [format!("UID:{uid}"), "DURATION:PT1S".to_owned()];
        for line in own.iter().chain(lines) {
            text.push_str(line);
            text.push_str(if random.one_in(9) { "\r\n \r\n" } else { "\r\n" });
        }
        text.push_str("END:VEVENT\r\n");
    };
    // Each instance is left out, moved or cancelled at most once.
    let mut chosen: Vec<i64> = (0..random.within(0, 6)).map(|_| random.within(1, 15)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let mut lines = vec![format!("DTSTART{}", at(start)), format!("RRULE:{rule}")];
    let mut others = Vec::new();
    for n in chosen {
        let instance = start.saturating_add((n * apart).days());
        match random.below(5) {
            0 => lines.push(format!("EXDATE{}", at(instance))),
            1 => {
                let utc = TimeZone::get(zone).and_then(|zone| zone.to_timestamp(instance));
                let utc: Timestamp = utc.expect("the time exists");
                lines.push(format!("EXDATE:{}", utc.strftime("%Y%m%dT%H%M%SZ")));
            }
            2 => {
                let added = instance.saturating_add(random.within(1, 300).minutes());
                lines.push(format!("RDATE{}", at(added)));
            }
            3 => {
                let moved = instance.saturating_add(random.within(-3000, 3000).minutes());
                let id = format!("RECURRENCE-ID{}", at(instance));
                others.push(vec![id, format!("DTSTART{}", at(moved))]);
            }
            _ => {
                let id = format!("RECURRENCE-ID{}", at(instance));
                let same = format!("DTSTART{}", at(instance));
                others.push(vec![id, same, "STATUS:CANCELLED".to_owned()]);
            }
        }
    }
    event(random, &lines);
    for other in others {
        event(random, &other);
    }
}
