//! Which of two timespecs of a requirement opens its facility less, by the hours and not by the words.
//!
//! What a requirement does depends on the others of its facility: alone, each hour of it lets people in;
//! above another one, each hour keeps some of them out. So the whole facility is compared, with the one
//! timespec and with the other.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::{Question, joined::Joined};
use crate::domain::{
    model::{Edit, Priority, Record, RecordPath, Requirement, Slug, Tag},
    records::{self, Records},
    schedule::{Interval, Timespec, Window},
};

/// All that is compared. It is the same for all clones, whatever their clocks say.
const ALL: Interval = Interval {
    start: Timestamp::constant(0, 0),           // 1970
    end: Timestamp::constant(4_102_444_800, 0), // 2100
};

/// The most steps that the expansion of one timespec may take, about a tenth of a second; a person is
/// asked about those that take more.
const MOST_STEPS: u64 = 5_000_000;

/// How open a facility is that is held unlocked: more than any priority can say.
const HELD: i128 = 1 << 40;

/// Decides the questions about timespecs that the hours answer.
pub(super) fn settle(joined: &mut Joined<'_>, questions: &mut Vec<Question>) {
    let mut settled = Vec::new();
    for question in questions.iter_mut() {
        if let Some((path, requirement, certain)) = answer(&joined.records(), question) {
            settled.push((path, requirement, certain.then(|| question.path.clone())));
        }
    }
    for (path, requirement, certain) in settled {
        if let Some(path) = certain {
            questions.retain(|it| it.path != path || it.field != "timespec");
        }
        joined.put(path, Record::Requirement(requirement));
    }
}

/// Decides which of the two timespecs in a question stands: the one that grants less. Returns the
/// requirement with it, and whether that is certain at every hour; `None` if it is another question, or
/// if one of them cannot be compared.
pub(super) fn answer(
    records: &dyn Records,
    question: &mut Question,
) -> Option<(RecordPath, Requirement, bool)> {
    if question.field != "timespec" {
        return None;
    }
    let path = RecordPath::of(&question.path).ok().flatten()?;
    let (RecordPath::Requirement(facility, tag), Some(Record::Requirement(requirement))) =
        (&path, records.record(&path))
    else {
        return None;
    };
    let (Some(Value::String(ours)), Some(Value::String(theirs))) =
        (&question.ours, &question.theirs)
    else {
        return None;
    };
    let others = events_of_others(records, facility, tag)?;
    let open = |timespec: &str| {
        let mut all = others.clone();
        all.extend(events(records, requirement.priority, timespec)?);
        Some(openness(&all))
    };
    let (one, other) = (open(ours)?, open(theirs)?);
    let Compared { less, more, balance } = compare(&one, &other);
    question.ours_stands = match balance.cmp(&0) {
        std::cmp::Ordering::Equal => ours < theirs,
        order => order.is_lt(),
    };
    let timespec = if question.ours_stands { ours.clone() } else { theirs.clone() };
    Some((path, Requirement { timespec, ..requirement }, !(less && more)))
}

type Event = (Priority, Interval);

fn events_of_others(records: &dyn Records, facility: &Slug, own: &Tag) -> Option<Vec<Event>> {
    let mut all = Vec::new();
    for tag in records.requirements(facility).into_iter().filter(|it| it != own) {
        match records.record(&RecordPath::Requirement(facility.clone(), tag)) {
            Some(Record::Requirement(it)) => {
                all.extend(events(records, it.priority, &it.timespec)?);
            }
            _ => return None,
        }
    }
    Some(all)
}

fn events(records: &dyn Records, priority: Priority, timespec: &str) -> Option<Vec<Event>> {
    let timespec = Timespec::parse(timespec, &records::zone(records)).ok()?;
    let from = timespec.begins().map_or(ALL.start, |it| it.max(ALL.start));
    let days = u64::try_from(ALL.end.duration_since(from).as_hours() / 24).unwrap_or(0);
    if timespec.cost().saturating_mul(days / 15 + 1) > MOST_STEPS {
        return None;
    }
    let all = timespec.intervals(Window { from: ALL.start, until: ALL.end });
    let within =
        |it: Interval| Interval { start: it.start.max(ALL.start), end: it.end.min(ALL.end) };
    Some(all.into_iter().map(|it| (priority, within(it))).collect())
}

/// Returns how open a facility is from each instant at which that changes: a higher number lets more
/// people in.
fn openness(events: &[Event]) -> Vec<(Timestamp, i128)> {
    let mut edges: Vec<(Timestamp, bool, Priority)> = events
        .iter()
        .flat_map(|(priority, it)| [(it.start, true, *priority), (it.end, false, *priority)])
        .collect();
    edges.sort_unstable();
    let mut active: BTreeMap<Priority, u64> = BTreeMap::new();
    let mut steps: Vec<(Timestamp, i128)> = vec![(ALL.start, 0)];
    for (at, begins, priority) in edges {
        let count = active.entry(priority).or_default();
        *count = if begins { *count + 1 } else { count.saturating_sub(1) };
        if *count == 0 {
            active.remove(&priority);
        }
        let now = match (active.keys().next(), active.keys().next_back()) {
            (Some(lowest), _) if *lowest < 0 => HELD,
            (_, Some(demand)) => i128::from(Priority::MAX) - i128::from(*demand) + 1,
            _ => 0,
        };
        match steps.last_mut() {
            Some((last, value)) if *last == at => *value = now,
            _ => steps.push((at, now)),
        }
    }
    steps.push((ALL.end, 0));
    steps
}

/// How one course compares with another.
struct Compared {
    /// Whether it is lower somewhere.
    less: bool,
    /// Whether it is higher somewhere.
    more: bool,
    /// By how much it is higher, altogether.
    balance: i128,
}

fn compare(one: &[(Timestamp, i128)], other: &[(Timestamp, i128)]) -> Compared {
    let mut instants: Vec<Timestamp> = one.iter().chain(other).map(|(at, _)| *at).collect();
    instants.sort_unstable();
    instants.dedup();
    let value = |course: &[(Timestamp, i128)], at: Timestamp| {
        let next = course.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).map_or(0, |last| course[last].1)
    };
    let mut compared = Compared { less: false, more: false, balance: 0 };
    for stretch in instants.windows(2) {
        let [from, until] = [stretch[0], stretch[1]];
        let difference = value(one, from) - value(other, from);
        compared.less |= difference < 0;
        compared.more |= difference > 0;
        compared.balance += difference * i128::from(until.as_second() - from.as_second());
    }
    compared
}

/// Decides a question about one record that git joins by itself; the others are as they are in
/// `records`.
#[must_use]
pub fn by_hours(
    records: &dyn Records,
    path: &RecordPath,
    joined: Record,
    mut questions: Vec<Question>,
) -> (Record, Vec<Question>) {
    let change = crate::domain::model::Change {
        edits: [(path.clone(), Edit::Put(Box::new(joined.clone())))].into(),
        ..crate::domain::model::Change::new("", "")
    };
    let overlay = records::Overlay::new(&change, records);
    let mut record = joined;
    let mut certain = false;
    for question in &mut questions {
        if let Some((_, requirement, is_certain)) = answer(&overlay, question) {
            record = Record::Requirement(requirement);
            certain = is_certain;
        }
    }
    if certain {
        questions.retain(|it| it.field != "timespec");
    }
    (record, questions)
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed as _;
    use serde_json::json;

    use super::*;
    use crate::domain::{merge::merge, model::Change, records::Catalogue};

    fn weekly(days: &str, from: u8, until: u8) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nBEGIN:VEVENT\r\nUID:a{from}\r\n\
             DTSTART;TZID=Europe/London:20260107T{from:02}0000\r\n\
             DTEND;TZID=Europe/London:20260107T{until:02}0000\r\n\
             RRULE:FREQ=WEEKLY;BYDAY={days}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    fn path(text: &str) -> RecordPath {
        RecordPath::of(text).unwrap().unwrap()
    }

    fn record(at: &str, value: Value) -> (RecordPath, Record) {
        (path(at), path(at).deserialize(value).unwrap())
    }

    const AT: &str = "facilities/door/requirements/evening.json";

    /// Joins two timespecs of the requirement `evening`, in both directions; returns the one that
    /// stands, and whether a person is asked.
    fn joined(
        priority: i32,
        others: &[(RecordPath, Record)],
        one: &str,
        other: &str,
    ) -> (String, bool) {
        let evening =
            |timespec: &str| record(AT, json!({ "priority": priority, "timespec": timespec })).1;
        let space = record(
            "space.json",
            json!({ "format": 1, "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                    "reference_prefix": "SM", "grace_days": 14,
                    "dues": { "minimum": 500, "included_children": 1, "per_further_child": 500,
                              "concession_age": 65 } }),
        );
        let base: Catalogue = others
            .iter()
            .cloned()
            .chain([space, (path(AT), evening(&weekly("WE", 19, 21)))])
            .collect();
        let change = |timespec: &str| Change::new("", "").put(path(AT), evening(timespec));
        let mut found = Vec::new();
        for (ours, theirs) in [(one, other), (other, one)] {
            let done = merge(&base, &change(ours), &change(theirs));
            let stands = match done.change.edits.get(&path(AT)) {
                Some(Edit::Put(it)) => match &**it {
                    Record::Requirement(it) => it.timespec.clone(),
                    _ => panic!("another record"),
                },
                _ => theirs.to_owned(),
            };
            found.push((stands, !done.questions.is_empty()));
        }
        assert_eq!(found[0], found[1], "it does not depend on the direction");
        found.remove(0)
    }

    #[test]
    fn a_narrowed_window_stands_against_a_widened_one_whatever_the_words() {
        for (narrow, wide) in [
            (weekly("WE", 20, 21), weekly("WE", 18, 23)),
            (weekly("WE", 19, 20), weekly("WE,SA", 19, 21)),
            (weekly("WE", 9, 10), weekly("WE", 8, 22)), // by its words it would come last
            (weekly("WE", 20, 21), "always".to_owned()),
        ] {
            assert_eq!(joined(1, &[], &narrow, &wide), (narrow.clone(), false));
            assert_eq!(joined(-1, &[], &narrow, &wide), (narrow, false), "held unlocked");
        }
    }

    #[test]
    fn above_another_requirement_the_longer_one_keeps_more_people_out() {
        let (short, long) = (weekly("WE", 20, 21), weekly("WE", 18, 23));
        let always = |priority: i32| {
            let at = "facilities/door/requirements/always.json";
            [record(at, json!({ "priority": priority, "timespec": "always" }))]
        };
        assert_eq!(joined(2, &always(1), &short, &long), (long.clone(), false));
        assert!(!joined(1, &always(2), &short, &long).1, "it makes no difference");
        assert_eq!(joined(-1, &always(1), &short, &long), (short, false));
    }

    #[test]
    fn windows_that_differ_in_both_directions_are_a_question() {
        let (early, late) = (weekly("WE", 17, 20), weekly("WE", 18, 22));
        assert_eq!(joined(1, &[], &early, &late), (early, true), "the shorter one stands");
        let (one, other) = (weekly("WE", 19, 20), weekly("TH", 19, 20));
        assert!(joined(1, &[], &one, &other).1);
    }

    #[test]
    fn what_takes_too_long_to_compare_is_a_question() {
        let every =
            weekly("WE", 19, 20).replace("FREQ=WEEKLY;BYDAY=WE", "FREQ=MINUTELY;INTERVAL=61");
        let every = every.replace("T200000", "T190100");
        assert!(joined(1, &[], &every, &weekly("WE", 19, 22)).1);
    }
}
