//! A commit with more in it than a space may have is refused by the gate and not used by the door.

use git2::Oid;
use space::domain::model::{Change, FindingCode, Record, RecordPath, Requirement};
use space::store::StoreError;

use crate::{
    oracle::HEAVY,
    raw::{Raw, Row, row},
    space_of_two::{ADA, GRACE, MEMBER, Space, author, credential, enters, id, now, outcome},
};

/// More than any of these commits may take, and less than a door may.
const MOST_BYTES: u64 = 64 << 20;

/// What is added to a folder, which is in order otherwise.
type More = fn(Raw<'_>) -> Vec<Row>;

const REQUIREMENTS: &str = "facilities/door/requirements";

/// Every minute of every hour, in less than a kilobyte.
fn every_minute() -> String {
    let minutes = (0..60).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
    let text = format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\nDURATION:PT1M\n\
         RRULE:FREQ=HOURLY;BYMINUTE={minutes}\nEND:VEVENT\nEND:VCALENDAR\n"
    );
    serde_json::json!({ "priority": 0, "timespec": text }).to_string()
}

fn copies(mode: &str, of: Oid, count: usize) -> Vec<Row> {
    (0..count).map(|at| row(mode, &format!("t{at:06}.json"), of)).collect()
}

/// Doubles a folder so many times.
fn bomb(raw: Raw<'_>, times: usize) -> Oid {
    let mut tree = raw.tree(&[row("100644", "x.json", raw.blob("{}"))]);
    for _ in 0..times {
        tree = raw.tree(&[row("40000", "a", tree), row("40000", "b", tree)]);
    }
    tree
}

const OVER: &[(&str, &str, More)] = &[
    ("requirements at every minute", REQUIREMENTS, |raw| {
        copies("100644", raw.blob(every_minute()), 120)
    }),
    ("many requirements", "facilities", |raw| {
        let always = raw.blob(r#"{"priority": 0, "timespec": "always"}"#);
        let facility = |at| {
            let tag = |nr| row("100644", &format!("{at}-{nr:03}.json"), always);
            let requirements = raw.tree(&(0..1_000).map(tag).collect::<Vec<_>>());
            let name =
                row("100644", "facility.json", raw.blob(r#"{"name": "Door", "kind": "door"}"#));
            let folder = raw.tree(&[name, row("40000", "requirements", requirements)]);
            row("40000", &format!("t{at:02}"), folder)
        };
        (0..12).map(facility).collect()
    }),
    ("long requirements", REQUIREMENTS, |raw| copies("100644", raw.blob("x".repeat(1 << 19)), 9)),
    ("endless requirements", REQUIREMENTS, |raw| copies("100644", raw.blob("{}"), 100_001)),
    ("facilities without end", "facilities", |raw| {
        let one = raw.tree(&[row("100644", "x", raw.blob("x".repeat(1 << 10)))]);
        copies("40000", one, 4_200)
    }),
    ("credentials without end", "members/00/0001/credentials", |raw| {
        copies("100644", raw.blob("{}"), 1_001)
    }),
    ("a bomb among the credentials", "members/00/0001/credentials", |raw| {
        vec![row("40000", "x", bomb(raw, 60))]
    }),
    ("a shaft among the credentials", "members/00/0001/credentials", |raw| {
        let folder = |tree, _| raw.tree(&[row("40000", "a", tree)]);
        let tree = raw.tree(&[row("100644", "x.json", raw.blob("{}"))]);
        vec![row("40000", "x", (0..1_500).fold(tree, folder))]
    }),
    ("members without end", "members/00", |raw| {
        let member = raw.tree(&[row("100644", "member.json", raw.blob(MEMBER))]);
        copies("40000", member, 1_000)
    }),
    ("folders without end", "members", |raw| {
        let payments = raw.tree(&copies("100644", raw.blob("{}"), 300));
        let member = raw.tree(&[row("40000", "payments", payments)]);
        let bucket = raw.tree(&copies("40000", member, 100));
        copies("40000", bucket, 99_000)
    }),
    ("records without end", "", |raw| {
        let year = raw.tree(&copies("100644", raw.blob("{}"), 10_000));
        vec![row("40000", "unmatched", raw.tree(&copies("40000", year, 2_001)))]
    }),
    ("a list without end", "tiers", |raw| {
        let name = "x".repeat(200);
        let blob = raw.blob("{}");
        (0..80_000).map(|at| row("100644", &format!("{name}{at:06}"), blob)).collect()
    }),
];

#[test]
fn no_commit_over_the_budget_is_accepted_or_comes_into_force() {
    for (name, path, more) in OVER {
        let space = Space::new(true);
        let (old, sound) = (space.head(), space.tree());
        let mut running = space.follower();
        assert!(enters(&outcome(running.poll(now())).0.unwrap(), ADA).0);
        let rows = more(space.raw());
        let new = space.edit(path, &|all| {
            all.extend(rows.iter().cloned());
            all.sort_by_key(|it| [&it.1[..], if it.0 == "40000" { b"/" } else { b"" }].concat());
        });
        let used = allocation_counter::measure(|| {
            for findings in space.gate(old) {
                let found = findings.iter().any(|it| it.code == FindingCode::OverBudget);
                assert!(found, "{name}: {:?}", findings.iter().take(3).collect::<Vec<_>>());
            }
        });
        assert!(used.bytes_max < MOST_BYTES, "{name}: the gate takes {}", used.bytes_max);
        let used = allocation_counter::measure(|| {
            let (index, trouble) = outcome(running.poll(now()));
            assert!(index.is_none() && trouble.is_some(), "{name}: {trouble:?}");
            assert!(running.poll(now()).is_empty(), "{name}: it is told once");
            let (index, trouble) = outcome(space.follower().poll(now()));
            let index = index.unwrap();
            assert_eq!(index.commit(), id(old), "{name}: as before it began anew");
            assert!(trouble.is_some_and(|it| it.contains("over-budget")), "{name}");
            assert_eq!([ADA, GRACE].map(|code| enters(&index, code).0), [true, true], "{name}");
        });
        assert!(used.bytes_max < MOST_BYTES, "{name}: the door takes {}", used.bytes_max);
        // What mends it is accepted, and comes into force.
        let mended = space.raw().commit(sound, "as it was");
        assert_eq!(space.gate(new), [vec![], vec![]], "{name}");
        let (index, trouble) = outcome(running.poll(now()));
        assert_eq!((index.map(|it| it.commit()), trouble), (Some(id(mended)), None), "{name}");
    }
}

#[test]
fn grants_without_end_are_not_put_in_force() {
    let space = Space::new(true);
    let old = space.head();
    let raw = space.raw();
    let grant =
        r#"{"facility":"d","priority":1,"effective":"2026-01-01T00:00Z","expiration":null}"#;
    let grants = vec![grant; 190].join(",");
    let text = format!(r#"{{"type":"fob","code":"{}","grants":[{grants}]}}"#, "3".repeat(32));
    let credentials = raw.tree(&copies("100644", raw.blob(text), 999));
    let member = raw.tree(&[
        row("40000", "credentials", credentials),
        row("100644", "member.json", raw.blob(MEMBER)),
    ]);
    space.edit("members/00", &|rows| {
        rows.extend((10..20).map(|at| row("40000", &format!("00{at}"), member)));
    });
    let (index, trouble) = outcome(space.follower().poll(now()));
    assert_eq!(index.unwrap().commit(), id(old));
    assert!(trouble.is_some_and(|it| it.contains("over-budget")));
}

#[test]
fn as_much_as_a_space_may_have_is_accepted_and_comes_into_force() {
    let space = Space::new(true);
    let old = space.head();
    let raw = space.raw();
    let heavy = serde_json::json!({ "priority": 0, "timespec": HEAVY }).to_string();
    let heavy = raw.blob(heavy);
    space.edit(REQUIREMENTS, &|rows| {
        rows.extend((0..2).map(|at| row("100644", &format!("z{at}.json"), heavy)));
    });
    let many: Vec<Row> = (0..998)
        .map(|at| {
            let text = credential(&format!("{:032x}", 100 + at), 1);
            row("100644", &format!("t{at:03}.json"), raw.blob(text))
        })
        .collect();
    let new = space.edit("members/00/0002/credentials", &|rows| rows.extend(many.iter().cloned()));
    assert_eq!(space.gate(old), [vec![], vec![]]);
    let index = outcome(space.follower().poll(now())).0.unwrap();
    assert_eq!(index.commit(), id(new));
    assert!(enters(&index, &format!("{:032x}", 1_097)).0);
}

#[test]
fn a_door_reads_all_of_a_commit_in_which_very_much_changed() {
    let space = Space::new(true);
    let mut running = space.follower();
    running.poll(now());
    let raw = space.raw();
    let year = raw.tree(&copies("100644", raw.blob("{}"), 60_000));
    let unmatched = raw.tree(&[row("40000", "2026", year)]);
    let tree =
        raw.edited(space.tree(), "", &|rows| rows.push(row("40000", "unmatched", unmatched)));
    let tree = raw.edited(tree, "members/00/0001/credentials", &|rows| rows.clear());
    let tree =
        raw.edited(tree, "members/00/0001", &|rows| rows.retain(|it| it.1 != b"credentials"));
    let new = raw.commit(tree, "much");
    let used = allocation_counter::measure(|| {
        let index = outcome(running.poll(now())).0.unwrap();
        assert_eq!(index.commit(), id(new));
        assert_eq!([ADA, GRACE].map(|code| enters(&index, code).0), [false, true]);
    });
    assert!(used.bytes_max < MOST_BYTES, "{}", used.bytes_max);
}

#[test]
fn a_command_that_would_go_over_the_budget_changes_nothing() {
    let space = Space::new(false);
    let store = space.store();
    let requirement = |tag: &str| {
        let (description, arm, timespec) = (None, None, HEAVY.to_owned());
        let record = Requirement { priority: 0, description, arm, timespec };
        let path = RecordPath::Requirement("door".parse().unwrap(), tag.parse().unwrap());
        Change::new("s", "t").put(path, Record::Requirement(record))
    };
    for (tag, accepted) in [("a", true), ("b", true), ("c", false)] {
        let head = store.head().unwrap();
        let change = requirement(tag);
        let told = store.check(&change, now()).unwrap();
        let done = store.apply(&change, head, &author(), now());
        match done {
            Ok(_) => assert!(accepted && told.is_empty(), "{tag}"),
            Err(StoreError::Refused(found)) => {
                assert!(!accepted && found == told, "{tag}: {found:?}");
                assert_eq!(store.head().unwrap(), head);
            }
            Err(error) => panic!("{tag}: {error}"),
        }
    }
    // Credentials beyond what one member may have, told by the preview as well.
    let text = credential(ADA, 1);
    let many: Vec<Row> = (0..999)
        .map(|at| {
            let text = text.replace(ADA, &format!("{:032x}", 100 + at));
            row("100644", &format!("t{at:03}.json"), space.raw().blob(text))
        })
        .collect();
    space.edit("members/00/0001/credentials", &|rows| rows.extend(many.iter().cloned()));
    let path = RecordPath::Credential("0001".parse().unwrap(), "z".parse().unwrap());
    let record: Record = {
        let text = text.replace(ADA, &"f".repeat(32));
        Record::Credential(serde_json::from_str(&text).unwrap())
    };
    let change = Change::new("s", "t").put(path, record);
    let (store, head) = (space.store(), id(space.head()));
    let told = store.check(&change, now()).unwrap();
    assert!(told.iter().any(|it| it.code == FindingCode::OverBudget), "{told:?}");
    let done = store.apply(&change, head, &author(), now());
    assert!(done.is_err(), "{done:?}");
    assert_eq!(store.head().unwrap(), head);
}
