//! Three versions of any record, as git gives them to the merge driver: `cargo +nightly fuzz run merge_file`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use space::{app::sync, domain::model::RecordPath, store::json};

/// The records that two people change most.
const PATHS: [&str; 9] = [
    "space.json",
    "tiers/standard.json",
    "facilities/frontdoor/facility.json",
    "facilities/frontdoor/requirements/R1.json",
    "members/00/0042/member.json",
    "members/00/0042/contact.json",
    "members/00/0042/credentials/T1.json",
    "members/00/0042/payments/2026-01-01-x.json",
    "messages/tags/2e/T1.json",
];

fuzz_target!(|input: (u8, &[u8], &[u8], &[u8])| {
    let (kind, base, ours, theirs) = input;
    let path = PATHS[usize::from(kind) % PATHS.len()];
    let record_path = RecordPath::of(path).expect("a good path").expect("of a record");
    let joined = sync::merge_file(path, [base, ours, theirs], None);
    let turned = sync::merge_file(path, [base, theirs, ours], None);
    match (&joined, &turned) {
        (Ok(Some((bytes, questions))), Ok(Some((other, asked)))) => {
            // Whoever joins gets the same, and it is a record in the form in which they are kept.
            assert_eq!(bytes, other);
            assert_eq!(questions.len(), asked.len());
            let record = json::strict(&record_path, bytes).expect("what was joined is a record");
            assert_eq!(&json::canonical(&record), bytes);
        }
        (Err(one), Err(_)) => assert!(!one.message.contains(char::is_control)),
        _ => panic!("one direction works and the other does not: {joined:?} {turned:?}"),
    }
    // What only one side changed stands as it is.
    if let Ok(Some((bytes, questions))) = sync::merge_file(path, [base, base, theirs], None)
        && !base.is_empty()
        && let Ok(record) = json::strict(&record_path, theirs)
    {
        assert_eq!((bytes, questions.len()), (json::canonical(&record), 0));
    }
});
