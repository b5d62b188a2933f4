//! The cost of a decision, compared with its floor (hash, map look-up, clock) and with SQLite.
//!
//! Everything is measured alternately within one run and printed as ratios of medians.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{hint::black_box, path::Path, time::Instant};

use hashbrown::HashTable;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use space::{
    clock,
    domain::{
        access::{CompiledMember, Index, Side, decide},
        model::{
            AccessResult, Basis, Code, CodeHash, CommitId, Credential, CredentialType,
            FacilityFolder, Grant, MemberFolder, MemberId, Slot, Slug, SpaceKey,
        },
        schedule::Window,
    },
};

const READINGS: usize = 50_000;
const ROUNDS: usize = 15;

fn main() {
    for members in [1_000, 100_000] {
        measure(members);
    }
}

fn measure(members: u64) {
    let key = SpaceKey::from_bytes([7; 32]);
    let door: Slug = "frontdoor".parse().unwrap();
    let clock = clock::running();
    let now = clock();
    let index = index(&key, members, now);
    let floor = floor(&key, members);
    let home = tempfile::tempdir().unwrap();
    let sqlite = sqlite(home.path(), &key, members, now);
    let mut requirement =
        sqlite.prepare("SELECT max(priority) FROM requirement WHERE facility = ?1").unwrap();
    let mut credential = sqlite
        .prepare(
            "SELECT member, priority FROM credential WHERE facility = ?1 AND code = ?2 \
             AND effective <= ?3 AND expiration > ?3 ORDER BY priority DESC LIMIT 1",
        )
        .unwrap();
    let readings = readings(members);

    let mut granted = 0;
    let allocated = allocation_counter::measure(|| {
        for code in &readings {
            let hash = code.hash(&key);
            let got = decide(&index, &door, Side::Entry, &hash, code.kind(), clock());
            granted += usize::from(got.result == AccessResult::Granted);
        }
    });
    assert_eq!(allocated.count_total, 0, "a decision allocates nothing");
    assert!(granted > READINGS / 3 && granted < READINGS * 2 / 3, "{granted} granted");

    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(nanoseconds(&readings, |code| {
            let hash = code.hash(&key);
            let found = floor.find(bits(&hash), |(it, _)| *it == hash);
            black_box((found, clock()));
        }));
        times[1].push(nanoseconds(&readings, |code| {
            let hash = code.hash(&key);
            black_box(decide(&index, &door, Side::Entry, &hash, code.kind(), clock()));
        }));
        times[2].push(nanoseconds(&readings, |code| {
            let hash = code.hash(&key);
            let now = clock().as_second();
            let found = credential
                .query_row(params!["frontdoor", hash.bytes(), now], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
                })
                .optional()
                .unwrap();
            let required =
                requirement.query_row(["frontdoor"], |row| row.get::<_, Option<i64>>(0)).unwrap();
            black_box((found, required));
        }));
    }
    let [floor, decided, queried] = times.map(|mut all| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    });
    println!(
        "decide, {members} credentials: {decided:.0} ns, {:.2} times hash + look-up + clock \
         ({floor:.0} ns), 1/{:.0} of two SQLite queries ({queried:.0} ns)",
        decided / floor,
        queried / decided
    );
}

fn nanoseconds(readings: &[Code], mut each: impl FnMut(&Code)) -> f64 {
    let start = Instant::now();
    for code in readings {
        each(code);
    }
    start.elapsed().as_nanos() as f64 / readings.len() as f64
}

fn bits(hash: &CodeHash) -> u64 {
    u64::from_le_bytes(hash.bytes()[..8].try_into().unwrap())
}

fn code(number: u64) -> Code {
    Code::fob(&(1_000_000 + number).to_string()).unwrap()
}

/// As many strangers as members, in mixed order.
fn readings(members: u64) -> Vec<Code> {
    let random = |number: usize| {
        let hash = blake3::hash(&number.to_le_bytes());
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap())
    };
    (0..READINGS).map(|number| code(random(number) % (members * 2))).collect()
}

fn index(key: &SpaceKey, members: u64, now: Timestamp) -> Index {
    let mut basis = Basis {
        space: Slot::Read(
            serde_json::from_value(serde_json::json!({
                "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14,
                "dues": { "minimum": 0, "included_children": 0, "per_further_child": 0,
                    "concession_age": 65 },
            }))
            .unwrap(),
        ),
        ..Basis::default()
    };
    let tier = serde_json::json!({ "name": "Standard", "price": 2500 });
    basis
        .tiers
        .insert("standard".parse().unwrap(), Slot::Read(serde_json::from_value(tier).unwrap()));
    for name in ["frontdoor", "backdoor", "laser"] {
        let facility = serde_json::json!({ "name": name, "kind": "door" });
        let mut folder = FacilityFolder {
            facility: Slot::Read(serde_json::from_value(facility).unwrap()),
            ..FacilityFolder::default()
        };
        let requirement = serde_json::json!({ "priority": 1, "timespec": "always" });
        let requirement = Slot::Read(serde_json::from_value(requirement).unwrap());
        folder.requirements.insert("556aba4d".parse().unwrap(), requirement);
        basis.facilities.insert(name.parse().unwrap(), folder);
    }
    let day = SignedDuration::from_hours(24);
    let window = Window { from: now - day, until: now + day * 14 };
    let entries = (0..members).map(|number| CompiledMember::new(&folder(key, number)));
    Index::compile(CommitId::default(), &basis, entries, window)
}

fn folder(key: &SpaceKey, number: u64) -> MemberFolder {
    let member = serde_json::json!({
        "name": "Ada", "tier": "standard", "joined": "2020-01-01", "paid_until": "9000-01-01",
    });
    let grant = Grant {
        facility: "frontdoor".parse().unwrap(),
        priority: 1,
        effective: Timestamp::UNIX_EPOCH,
        expiration: None,
    };
    let code = code(number).hash(key);
    let credential = Credential { kind: CredentialType::Fob, code, grants: vec![grant] };
    MemberFolder {
        id: MemberId::new(number).unwrap(),
        member: Slot::Read(serde_json::from_value(member).unwrap()),
        credentials: vec![(
            format!("d2f3ce26-12ab-4b2a-8943-{number:012}").parse().unwrap(),
            credential,
        )],
        inductions: vec![],
        unread: vec![],
    }
}

fn floor(key: &SpaceKey, members: u64) -> HashTable<(CodeHash, u64)> {
    let mut table = HashTable::new();
    for number in 0..members {
        let hash = code(number).hash(key);
        table.insert_unique(bits(&hash), (hash, number), |(it, _)| bits(it));
    }
    table
}

/// A database file, as needed by a door that has to survive a restart.
fn sqlite(folder: &Path, key: &SpaceKey, members: u64, now: Timestamp) -> Connection {
    let mut db = Connection::open(folder.join("door.sqlite")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         CREATE TABLE credential (member, facility, code, priority, effective, expiration);
         CREATE TABLE requirement (facility, priority);
         INSERT INTO requirement VALUES ('frontdoor', 1), ('backdoor', 1), ('laser', 1);",
    )
    .unwrap();
    let all = db.transaction().unwrap();
    for number in 0..members {
        let later = now.as_second() + 1_000_000;
        all.prepare_cached("INSERT INTO credential VALUES (?1, 'frontdoor', ?2, 1, 0, ?3)")
            .unwrap()
            .execute(params![number as i64, code(number).hash(key).bytes(), later])
            .unwrap();
    }
    all.commit().unwrap();
    db.execute_batch(
        "CREATE INDEX by_code ON credential (facility, code);
         CREATE INDEX by_facility ON requirement (facility);",
    )
    .unwrap();
    db
}
