//! Any bytes as a record of any kind: `cargo +nightly fuzz run records`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::{domain::model::RecordPath, store::json};

/// One path of each kind.
const PATHS: [&str; 21] = [
    "space.json",
    "tiers/standard.json",
    "facilities/frontdoor/facility.json",
    "facilities/frontdoor/requirements/R1.json",
    "members/00/0042/member.json",
    "members/00/0042/contact.json",
    "members/00/0042/credentials/T1.json",
    "members/00/0042/inductions/laser.json",
    "members/00/0042/payments/2026-01-01-x.json",
    "unmatched/2026/x.json",
    "payers/x.json",
    "statement-profiles/x.json",
    "members/00/0042/notices/reminder.json",
    "notices/review.json",
    "templates/reminder.txt",
    "templates/de/reminder.txt",
    "messages/tags/2e/T1.json",
    "messages/members/00/0042.json",
    "meters/gas.json",
    "zones/workshop.json",
    "channels/laser.json",
];

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let path = PATHS[usize::from(kind) % PATHS.len()];
    let record_path = RecordPath::of(path).expect("a good path").expect("of a record");
    match json::strict(&record_path, bytes) {
        Ok(record) => {
            let canonical = json::canonical(&record);
            assert_eq!(json::strict(&record_path, &canonical).as_ref(), Ok(&record));
            assert_eq!(json::canonical(&record), canonical);
        }
        Err(finding) => {
            assert_eq!(finding.path, path);
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(finding.line.is_none_or(|line| line >= 1 && line as usize <= lines));
            assert!(!finding.to_string().contains(|c: char| c.is_control()));
        }
    }
    // A path is just as untrusted as a record.
    let _ = RecordPath::of(&String::from_utf8_lossy(bytes));
});
