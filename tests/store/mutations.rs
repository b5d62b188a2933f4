//! Records with random changes to their bytes: read as intended, or refused with a place and a
//! reason.

use proptest::prelude::*;
use space::{domain::model::RecordPath, store::json};

/// One valid record of each kind, as people may write it.
const GOOD: [(&str, &str); 10] = [
    (
        "space.json",
        r#"{"name": "S", "time_zone": "Europe/London", "currency": "GBP", "reference_prefix": "SM",
            "dues": {"minimum": 5, "included_children": 1, "per_further_child": 3,
            "concession_age": 65}, "grace_days": 14, "levels": {"-1": "open", "4": "board"}}"#,
    ),
    ("tiers/standard.json", r#"{"name": "Standard", "price": 2500, "year": null}"#),
    (
        "facilities/laser/facility.json",
        r#"{"name": "Laser", "kind": "tool", "induction": true, "inductions_first": ["safety"]}"#,
    ),
    (
        "facilities/laser/requirements/R1.json",
        r#"{"priority": -1, "description": "x", "arm": "first-grant", "timespec": "always"}"#,
    ),
    (
        "members/00/0042/member.json",
        r#"{"name": "Ädä \"A\" Ł", "tier": "standard", "joined": "2020-02-29", "left": null,
            "suspended": "2021-01-01", "parent": "0007",
            "concession": true, "chosen_amount": 3000, "paid_until": "2026-02-01"}"#,
    ),
    (
        "members/00/0042/contact.json",
        r#"{"email": "a@b.c", "born": "1980-01", "accounts": {"chat": "a", "github": "b"}}"#,
    ),
    (
        "members/00/0042/credentials/T1.json",
        r#"{"type": "fob", "code": "0123456789abcdef0123456789abcdef", "grants":
            [{"facility": "laser", "priority": 1, "effective": "2026-01-01T00:00:00Z",
            "expiration": null}]}"#,
    ),
    ("members/00/0042/inductions/laser.json", r#"{"on": "2020-02-02", "by": "0001"}"#),
    (
        "members/00/0042/payments/2026-01-01-x.json",
        r#"{"date": "2026-01-01", "amount": 2500, "months": 1, "text": "SM0042", "source": "b"}"#,
    ),
    (
        "unmatched/2026/x.json",
        r#"{"date": "2026-01-01", "amount": -1, "text": "?", "reason": "no reference"}"#,
    ),
];

/// What may be inserted anywhere.
const SCRAPS: [&str; 16] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "-",
    "1e999",
    "\\u0000",
    "\u{202e}",
    "\n",
    "\\",
    "\"name\": 1,",
    "99999999999999999999",
];

/// One change of the bytes: a part removed, repeated or replaced.
#[derive(Clone, Debug)]
enum Edit {
    Cut(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Put(prop::sample::Index, &'static str),
    Byte(prop::sample::Index, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 1..20_usize).prop_map(|(at, length)| Edit::Cut(at, length)),
        (at(), 1..40_usize).prop_map(|(at, length)| Edit::Repeat(at, length)),
        (at(), prop::sample::select(&SCRAPS[..])).prop_map(|(at, scrap)| Edit::Put(at, scrap)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
    ]
}

fn done(edit: &Edit, bytes: &mut Vec<u8>) {
    let record_path = |at: &prop::sample::Index| at.index(bytes.len().max(1)).min(bytes.len());
    match edit {
        Edit::Cut(at, length) => {
            let from = record_path(at);
            bytes.drain(from..(from + length).min(bytes.len()));
        }
        Edit::Repeat(at, length) => {
            let from = record_path(at);
            let part = bytes[from..(from + length).min(bytes.len())].to_vec();
            bytes.splice(from..from, part);
        }
        Edit::Put(at, scrap) => {
            let at = record_path(at);
            bytes.splice(at..at, scrap.bytes());
        }
        Edit::Byte(at, byte) => {
            let at = record_path(at);
            if let Some(old) = bytes.get_mut(at) {
                *old = *byte;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn any_bytes_are_read_or_refused(
        which in 0..GOOD.len(),
        edits in prop::collection::vec(edit(), 1..4),
    ) {
        let (path, text) = GOOD[which];
        let record_path = RecordPath::of(path).unwrap().unwrap();
        prop_assert!(json::strict(&record_path, text.as_bytes()).is_ok(), "{}", path);
        let mut bytes = text.as_bytes().to_vec();
        edits.iter().for_each(|edit| done(edit, &mut bytes));
        match json::strict(&record_path, &bytes) {
            Ok(record) => {
                let canonical = json::canonical(&record);
                prop_assert_eq!(json::strict(&record_path, &canonical), Ok(record));
                prop_assert_eq!(canonical.last(), Some(&b'\n'));
            }
            Err(finding) => {
                prop_assert_eq!(&finding.path, path);
                let lines = bytes.split(|byte| *byte == b'\n').count();
                prop_assert!(finding.line.is_some_and(|line| (1..=lines).contains(&(line as usize))));
                prop_assert!(finding.column.is_some_and(|column| column >= 1));
                prop_assert!(!finding.to_string().contains(char::is_control), "{}", finding);
            }
        }
    }
}
