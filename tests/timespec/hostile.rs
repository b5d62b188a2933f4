//! Text that is not a calendar, or almost one: any result is fine, but nothing panics.

use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use proptest::prelude::*;
use space::domain::schedule::{Timespec, Window};

use crate::{book, random::Random};

/// Reads a text and asks everything that can be asked; the fuzz target does the same.
fn ask_everything(text: &str, zone: &TimeZone) -> bool {
    let timespec = match Timespec::parse(text, zone) {
        Ok(timespec) => timespec,
        Err(refusal) => {
            let lines = text.split('\n').count() as u32;
            assert!(refusal.line.is_none_or(|line| (1..=lines).contains(&line)), "{refusal}");
            assert!(!refusal.message.contains('\n'), "{refusal}");
            return false;
        }
    };
    for year in [1600, 2021, 9990] {
        let from = jiff::civil::date(year, 3, 10).in_tz("UTC").expect("it is in range").timestamp();
        let events = timespec.intervals(Window { from, until: from + (14 * 24).hours() });
        for event in &events {
            assert!(event.start < event.end, "{event:?}");
        }
        for pair in events.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{pair:?}");
        }
        let first = timespec.next(from, 2);
        if let (Some(event), Some(ends)) = (first.first(), timespec.ends()) {
            assert!(event.end <= ends, "{event:?} is later than {ends}");
        }
    }
    for at in [Timestamp::MIN, Timestamp::MAX] {
        let _ = timespec.is_on(at);
        let _ = timespec.next(at, 1);
    }
    true
}

#[test]
fn no_change_to_a_calendar_makes_it_panic() {
    let zone = TimeZone::get("America/Chicago").expect("the zone exists");
    let texts = book::all_texts();
    let mut random = Random(2026);
    let mut accepted = 0;
    for _ in 0..3000 {
        let mut text = random.pick(&texts).clone();
        for _ in 0..random.within(1, 2) {
            mutate(&mut text, &mut random, &texts);
        }
        accepted += usize::from(ask_everything(&text, &zone));
    }
    // Otherwise only the gate would have been tested.
    assert!(accepted > 500, "only {accepted} were accepted");
}

fn mutate(text: &mut String, random: &mut Random, others: &[String]) {
    const PIECES: [&str; 40] = [
        "0",
        "9",
        "-",
        "+",
        ";",
        ":",
        ",",
        "=",
        "T",
        "Z",
        "\"",
        "\n",
        "\r\n",
        " ",
        "\u{0}",
        "é",
        "\u{feff}",
        "99991231T235959Z",
        "16000101",
        "20240229",
        "INTERVAL=100000;",
        "COUNT=1;",
        "COUNT=366;",
        "BYMONTH=2;",
        "BYMONTHDAY=30;",
        "BYDAY=-53SU;",
        "BYSETPOS=-366;",
        "WKST=SU;",
        "BYHOUR=0,12;",
        "FREQ=HOURLY;",
        "FREQ=YEARLY;",
        "UNTIL=99991231;",
        "P36525D",
        "PT1S",
        ";VALUE=DATE",
        ";TZID=Europe/London",
        "BEGIN:VEVENT\n",
        "END:VEVENT\n",
        "STATUS:CANCELLED\n",
        "RRULE:FREQ=DAILY\n",
    ];
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = random.below(lines.len().max(1));
    let at = (0..=text.len())
        .cycle()
        .skip(random.below(text.len() + 1))
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    match random.below(12) {
        0 => text.insert_str(at, random.pick::<&str>(&PIECES)),
        1 => text.truncate(at),
        2 if !text.is_empty() && at < text.len() => drop(text.remove(at)),
        3 if !lines.is_empty() => {
            *text = lines.iter().enumerate().filter(|(n, _)| *n != line).map(|(_, l)| *l).collect();
        }
        4 if !lines.is_empty() => {
            let other: Vec<&str> = random.pick(others).split_inclusive('\n').collect();
            let new = if other.is_empty() { "" } else { *random.pick(&other) };
            let old = lines.iter().enumerate();
            *text = old.map(|(n, l)| if n == line { new } else { l }).collect();
        }
        5 if !lines.is_empty() => {
            let twice: String = lines[line].repeat(2);
            let old = lines.iter().enumerate();
            *text = old.map(|(n, l)| if n == line { twice.as_str() } else { l }).collect();
        }
        _ => {
            // A digit becomes another.
            let digits: Vec<usize> = text
                .bytes()
                .enumerate()
                .filter(|(_, b)| b.is_ascii_digit())
                .map(|(n, _)| n)
                .collect();
            if !digits.is_empty() {
                let at = *random.pick(&digits);
                text.replace_range(at..=at, &random.below(10).to_string());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        ask_everything(&text, &TimeZone::UTC);
    }

    #[test]
    fn no_rule_makes_it_panic(
        rule in "(FREQ=(HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY))(;(BYDAY=[-+]?[0-9]{0,2}(MO|FR|SU)|BYMONTH(DAY)?=-?[0-9]{1,2}|BYSETPOS=-?[1-9]|BYWEEKNO=-?[0-9]{1,2}|BYYEARDAY=-?[0-9]{1,3}|BYHOUR=[0-9]{1,2}|INTERVAL=[0-9]{1,6}|COUNT=[0-9]{1,3}|UNTIL=2[0-9]{3}0[1-9]1[0-9])){0,5}",
        day in "(19|20|99)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        form in "(:|;VALUE=DATE:|;TZID=America/Santiago:)",
    ) {
        let time = if form.contains("DATE") { "" } else { "T023000" };
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART{form}{day}{time}\nDURATION:P1D\n\
             RRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        ask_everything(&text, &TimeZone::get("Europe/London").expect("the zone exists"));
    }
}
