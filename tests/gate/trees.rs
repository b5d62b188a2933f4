//! Trees that git would not have written.

use space::{
    domain::model::{Change, FindingCode, RecordPath},
    store::StoreError,
};

use crate::{
    raw::{Raw, Row, row},
    space_of_two::{
        ADA, BOARD, GRACE, MEMBER, Space, author, credential, enters, id, now, outcome,
    },
};

const MALLORY: &str = "00000000000000000000000000000003";

fn mallory(raw: Raw<'_>) -> git2::Oid {
    let credentials = raw.tree(&[row("100644", "m.json", raw.blob(credential(MALLORY, 4)))]);
    raw.tree(&[
        row("40000", "credentials", credentials),
        row("100644", "member.json", raw.blob(MEMBER)),
    ])
}

/// What is made of a folder, given something to write objects with.
type Odd = fn(Raw<'_>, &mut Vec<Row>);

const ODD: &[(&str, &str, Odd)] = &[
    ("a file before a folder of one name", "members/00", |raw, rows| {
        rows.push(row("100644", "0003", raw.blob("x")));
        rows.push(row("40000", "0003", mallory(raw)));
    }),
    ("a submodule before a folder of one name", "members/00", |raw, rows| {
        rows.push(row("160000", "0003", raw.blob("x")));
        rows.push(row("40000", "0003", mallory(raw)));
    }),
    ("an empty folder before a full one", "members/00", |raw, rows| {
        rows.push(row("40000", "0003", raw.tree(&[])));
        rows.push(row("40000", "0003", mallory(raw)));
    }),
    ("an empty folder", "members/00/0001", |raw, rows| {
        rows.push(row("40000", "payments", raw.tree(&[])));
    }),
    ("an empty folder in a requirement's place", "facilities/door/requirements", |raw, rows| {
        rows.push(row("40000", "z.json", raw.tree(&[])));
    }),
    ("two folders of credentials", "members/00/0001", |raw, rows| {
        let credential = raw.blob(credential(MALLORY, 4));
        rows.push(row("40000", "credentials", raw.tree(&[row("100644", "m.json", credential)])));
    }),
    ("two records of one member", "members/00/0001", |raw, rows| {
        let suspended = r#", "suspended": "2026-01-01"}"#;
        let suspended = MEMBER.replace('}', suspended);
        rows.insert(1, row("100644", "member.json", raw.blob(suspended)));
    }),
    ("two credentials of one name", "members/00/0001/credentials", |raw, rows| {
        rows.push(row("100644", "ada.json", raw.blob(credential(MALLORY, 4))));
    }),
    ("two folders of a hundred", "members", |raw, rows| {
        rows.push(row("40000", "00", raw.tree(&[row("40000", "0003", mallory(raw))])));
    }),
    ("two folders of members", "", |raw, rows| {
        let members = raw.tree(&[row("40000", "0003", mallory(raw))]);
        rows.push(row("40000", "members", raw.tree(&[row("40000", "00", members)])));
    }),
    ("a mode with a zero too many", "members/00", |raw, rows| {
        rows.push(row("040000", "0003", mallory(raw)));
    }),
    ("a name with a slash", "", |raw, rows| {
        rows.insert(1, row("40000", "members/00/0003", mallory(raw)));
    }),
    ("a name that leads up", "members/00", |raw, rows| {
        rows.insert(0, row("40000", "..", mallory(raw)));
    }),
    ("git's own folder", "members/00", |raw, rows| {
        rows.insert(0, row("40000", ".git", mallory(raw)));
    }),
    (
        "a requirement behind a mode that does not exist",
        "facilities/door/requirements",
        |raw, rows| {
            rows.push(row("777", "y", raw.blob("x")));
            rows.push(row("100644", "z.json", raw.blob(BOARD)));
        },
    ),
    ("a requirement where it does not sort", "facilities/door/requirements", |raw, rows| {
        rows.push(row("100644", "a.json", raw.blob(BOARD)));
    }),
    ("a folder that is a file", "facilities/door", |raw, rows| {
        let requirements = rows.iter_mut().find(|it| it.1 == b"requirements").unwrap();
        requirements.2 = raw.blob("100644 a.json\0xxxxxxxxxxxxxxxxxxxx");
    }),
    ("what decides nothing", "members/00/0001", |raw, rows| {
        let payments = raw.tree(&[row("777", "x.json", raw.blob("{}"))]);
        rows.push(row("40000", "payments", payments));
    }),
    ("the tiers", "tiers", |raw, rows| rows.push(row("100644", "", raw.blob("{}")))),
];

#[test]
fn no_commit_with_an_odd_folder_is_accepted_or_comes_into_force() {
    for (name, path, odd) in ODD {
        let space = Space::new(true);
        let (old, sound) = (space.head(), space.tree());
        let mut running = space.follower();
        assert!(enters(&outcome(running.poll(now())).0.unwrap(), ADA).0);
        let new = space.edit(path, &|rows| odd(space.raw(), rows));
        for findings in space.gate(old) {
            let found = findings.iter().any(|it| it.code == FindingCode::OddTree);
            assert!(found, "{name}: {findings:?}");
        }
        let (index, trouble) = outcome(running.poll(now()));
        assert!(index.is_none() && trouble.is_some(), "{name}: {trouble:?}");
        assert!(running.poll(now()).is_empty(), "{name}: it is told once");
        for _ in 0..2 {
            let (index, trouble) = outcome(space.follower().poll(now()));
            let index = index.unwrap();
            assert_eq!(index.commit(), id(old), "{name}: as before it began anew");
            assert!(trouble.is_some_and(|it| it.contains("odd-tree")), "{name}");
            let all = [ADA, GRACE, MALLORY].map(|code| enters(&index, code).0);
            assert_eq!(all, [true, true, false], "{name}");
            space.forget();
        }
        let store = space.store();
        let change = Change::new("s", "t").remove(RecordPath::Tier("other".parse().unwrap()));
        let refused = store.apply(&change, id(new), &author(), now());
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{name}: {refused:?}");
        // What mends it is accepted, and comes into force.
        let mended = space.raw().commit(sound, "as it was");
        assert_eq!(space.gate(new), [vec![], vec![]], "{name}");
        let (index, trouble) = outcome(running.poll(now()));
        assert_eq!((index.map(|it| it.commit()), trouble), (Some(id(mended)), None), "{name}");
    }
}

#[test]
fn what_is_built_on_an_odd_folder_is_as_odd() {
    let space = Space::new(true);
    let old = space.head();
    let mut running = space.follower();
    running.poll(now());
    // Beside what somebody then changes in good order.
    let raw = space.raw();
    let odd = raw.tree(&[row("777", "x", raw.blob("x"))]);
    let first = space.edit("members/00/0002", &|rows| rows.push(row("40000", "notices", odd)));
    space.edit("tiers", &|rows| {
        rows.push(row("100644", "z.json", raw.blob(r#"{"name": "Z", "price": null}"#)))
    });
    for (findings, of) in space.gate(first).into_iter().zip(["what changed", "all"]) {
        assert!(findings.iter().any(|it| it.code == FindingCode::OddTree), "{of}: {findings:?}");
    }
    let (index, trouble) = outcome(running.poll(now()));
    assert!(index.is_none() && trouble.is_some());
    assert_eq!(outcome(space.follower().poll(now())).0.unwrap().commit(), id(old));
}

#[test]
fn git_is_told_to_refuse_such_things_itself() {
    let space = Space::new(true);
    space::app::init::install_hooks(&space.store()).unwrap();
    let read = || {
        let config = space.repo.config().unwrap().snapshot().unwrap();
        ["transfer.fsckObjects", "receive.denyNonFastForwards", "receive.denyDeletes"]
            .map(|name| config.get_bool(name).unwrap())
    };
    assert_eq!(read(), [true; 3]);
    space.repo.config().unwrap().set_bool("receive.denyDeletes", false).unwrap();
    space::app::init::install_hooks(&space.store()).unwrap();
    assert_eq!(read(), [true, true, false], "what somebody set stays");
    let door = tempfile::tempdir().unwrap();
    let to = door.path().join("door.git");
    space::store::Store::clone_for_door(&space.dir.path().to_string_lossy(), &to, now()).unwrap();
    let config = git2::Repository::open(&to).unwrap().config().unwrap().snapshot().unwrap();
    assert!(config.get_bool("transfer.fsckObjects").unwrap(), "a door's clone");
}
