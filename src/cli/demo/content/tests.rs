//! The readings have the results in their table, whenever the demonstration is started.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::*;
use crate::{
    app::init::template_files,
    domain::{
        access::{CompiledMember, Index, Side, decide},
        check,
        model::{
            AccessResult, Basis, Code, CommitId, FacilityFolder, MemberFolder, MemberId, Slot, Slug,
        },
        schedule::Window,
    },
    store::json,
};

/// A working day, either side of both clock changes, New Year's Eve, a leap day.
const MOMENTS: [&str; 6] = [
    "2026-11-23T17:00:00Z",
    "2026-03-29T00:59:59Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2026-12-31T23:59:59.999Z",
    "2028-02-29T12:00:00Z",
];

fn template() -> Catalogue {
    let record = |(path, bytes): (String, Vec<u8>)| {
        let record_path = RecordPath::of(&path).unwrap()?;
        Some((record_path.clone(), json::strict(&record_path, &bytes).unwrap()))
    };
    template_files(false).into_iter().filter_map(record).collect()
}

fn key() -> SpaceKey {
    SpaceKey::from_bytes([3; 32])
}

fn built(now: Timestamp) -> Catalogue {
    let mut all = template();
    for change in changes(all.clone(), now, &key()).unwrap() {
        let findings = check::change(&change, &all);
        assert_eq!(findings, [], "{} at {now}", change.subject);
        all.apply(&change);
    }
    all
}

#[test]
fn every_reading_comes_out_as_the_screen_says() {
    for moment in MOMENTS {
        let now: Timestamp = moment.parse().unwrap();
        let index = index(&built(now), now);
        for reading in READINGS {
            let code = Code::parse(reading.kind, reading.code).unwrap().hash(&key());
            // A visitor takes some time.
            let later = now + SignedDuration::from_mins(45);
            let facility = slug(reading.facility);
            let decision = decide(&index, &facility, Side::Entry, &code, reading.kind, later);
            let expected = (reading.result, reading.reason);
            assert_eq!((decision.result, decision.reason), expected, "{} {now}", reading.who);
        }
    }
}

#[test]
fn who_is_named_holds_what_is_named() {
    let all = built(MOMENTS[0].parse().unwrap());
    for reading in READINGS {
        let code = Code::parse(reading.kind, reading.code).unwrap().hash(&key());
        let holders = all.holders(&code);
        match holders.first() {
            None => assert_eq!(reading.who, "nobody"),
            Some((holder, _)) => match all.record(&RecordPath::Member(*holder)) {
                Some(Record::Member(member)) => assert_eq!(member.name, reading.who),
                other => panic!("{other:?}"),
            },
        }
    }
    let granted = READINGS.iter().filter(|it| it.result == AccessResult::Granted).count();
    assert!((5..READINGS.len() - 5).contains(&granted), "{granted} granted");
}

#[test]
fn the_open_house_is_within_hours_and_never_on_at_once() {
    for moment in MOMENTS {
        let now: Timestamp = moment.parse().unwrap();
        let index = index(&built(now), now);
        let front = slug("frontdoor");
        assert_eq!(index.holds(&front, now).count(), 0, "{now}");
        let soon = now + SignedDuration::from_mins(4 * 60);
        assert_eq!(index.holds(&front, soon).count(), 1, "{now}");
    }
}

#[test]
fn two_spaces_differ_only_in_their_key() {
    let now = MOMENTS[0].parse().unwrap();
    let same = changes(template(), now, &key()).unwrap();
    assert_eq!(changes(template(), now, &key()).unwrap(), same);
    assert_ne!(changes(template(), now, &SpaceKey::from_bytes([4; 32])).unwrap(), same);
}

fn index(all: &Catalogue, now: Timestamp) -> Index {
    let day = SignedDuration::from_hours(24);
    let window = Window { from: now - day, until: now + day * 14 };
    let mut basis = Basis::default();
    let mut folders: BTreeMap<MemberId, MemberFolder> = BTreeMap::new();
    let facility = |basis: &mut Basis, name: &Slug, put: &dyn Fn(&mut FacilityFolder)| {
        put(basis.facilities.entry(name.clone()).or_default());
    };
    for (record_path, record) in all.iter() {
        if let Some(id) = record_path.member() {
            let empty = || MemberFolder {
                id,
                member: Slot::Absent,
                credentials: vec![],
                inductions: vec![],
                unread: vec![],
            };
            let folder = folders.entry(id).or_insert_with(empty);
            match (record_path, record.clone()) {
                (_, Record::Member(it)) => folder.member = Slot::Read(it),
                (RecordPath::Credential(_, tag), Record::Credential(it)) => {
                    folder.credentials.push((tag.clone(), it));
                }
                (RecordPath::Induction(_, name), Record::Induction(it)) => {
                    folder.inductions.push((name.clone(), it));
                }
                _ => {}
            }
            continue;
        }
        match (record_path, record.clone()) {
            (_, Record::Space(it)) => basis.space = Slot::Read(it),
            (RecordPath::Tier(name), Record::Tier(it)) => {
                basis.tiers.insert(name.clone(), Slot::Read(it));
            }
            (RecordPath::Facility(name), Record::Facility(it)) => {
                facility(&mut basis, name, &|to| to.facility = Slot::Read(it.clone()));
            }
            (RecordPath::Requirement(name, tag), Record::Requirement(it)) => {
                facility(&mut basis, name, &|to| {
                    to.requirements.insert(tag.clone(), Slot::Read(it.clone()));
                });
            }
            _ => {}
        }
    }
    let entries = folders.values().map(CompiledMember::new);
    Index::compile(CommitId::default(), &basis, entries, window)
}
