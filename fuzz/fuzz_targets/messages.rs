//! Any texts as messages of a membership system: `cargo +nightly fuzz run messages`.

#![no_main]

use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;
use space::domain::{
    check,
    messages::{Message, Terms, receive},
    model::{Facility, FacilityKind, Record, RecordPath, SpaceKey},
    records::{Catalogue, Records},
};

/// A space with one door and nobody in it; the settings are missing, which only makes times UTC.
fn space() -> Catalogue {
    let mut all = Catalogue::default();
    let door = Facility {
        name: "Front door".into(),
        kind: FacilityKind::Door,
        induction: false,
        inductions_first: Vec::new(),
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        stale: None,
    };
    let path = RecordPath::Facility("frontdoor".parse().expect("a short name"));
    all.insert(path, Record::Facility(door));
    all
}

fuzz_target!(|input: Vec<(u8, &str)>| {
    let key = SpaceKey::from_bytes([7; 32]);
    let at = |second: u8| Timestamp::from_second(second.into()).expect("a time");
    let terms =
        Terms { key: &key, facilities: None, now: at(255), patience: SignedDuration::from_secs(9) };
    let message = |(second, text): &(u8, &str)| Message {
        id: (*text).to_owned(),
        sent: at(*second),
        text: (*text).to_owned(),
    };
    let messages: Vec<Message> = input.iter().map(message).collect();
    let mut all = space();
    // Together, and once more one by one.
    let one_by_one = messages.iter().map(std::slice::from_ref);
    for batch in std::iter::once(messages.as_slice()).chain(one_by_one) {
        let done = receive(&all, &terms, batch);
        assert_eq!(done.outcomes.len(), batch.len());
        for outcome in &done.outcomes {
            assert!(!outcome.to_string().contains(|c: char| c.is_control()));
        }
        let refused = check::change(&done.plan.change, &all);
        assert!(!refused.iter().any(|it| it.is_error()), "{refused:?}");
        assert!(!done.plan.change.trailer.contains(|c: char| c.is_control()));
        all.apply(&done.plan.change);
    }
    for (path, record) in all.iter() {
        if let Record::Credential(credential) = record {
            let holders = all.holders(&credential.code);
            assert!(holders.iter().all(|(id, _)| Some(*id) == path.member()), "{holders:?}");
        }
    }
});
