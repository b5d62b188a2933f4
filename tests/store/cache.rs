//! The cache file of all members: never trusted blindly, never needed.

use std::{fs, path::PathBuf};

use space::{
    domain::model::{Change, RecordPath},
    store::{Store, json},
};

use crate::support::{Fixture, ada, id, member, naming, now};

const MEMBERS: u64 = 2_400;

/// A space large enough for a cache, with some of everything, including a broken record.
fn large() -> Fixture {
    let space = Fixture::new();
    let mut change = Change::new("import", "import");
    for number in 3..=MEMBERS {
        let (record_path, record) = member(number, &format!("Member {number}"));
        change = change.put(record_path, record);
    }
    let mut put = |path: &str, text: String| {
        let record_path = RecordPath::of(path).unwrap().unwrap();
        let record = json::strict(&record_path, text.as_bytes()).unwrap();
        let started = std::mem::replace(&mut change, Change::new("", ""));
        change = started.put(record_path, record);
    };
    put(
        "members/00/0005/member.json",
        r#"{"name": "Ünal", "tier": "standard", "joined": "2019-12-31", "left": "2025-02-28",
            "suspended": "2024-02-29", "parent": "0001",
            "concession": true, "chosen_amount": 3000, "paid_until": "2026-02-01"}"#
            .into(),
    );
    put(
        "members/00/0006/credentials/T6.json",
        format!(
            r#"{{"type": "passcode", "code": "{}", "grants": [{{"facility": "frontdoor",
                "priority": -3, "effective": "2026-01-01T00:00:00.123456789Z",
                "expiration": "2027-01-01T00:00:00Z"}}]}}"#,
            "5f".repeat(16)
        ),
    );
    put(
        "members/00/0007/inductions/frontdoor.json",
        r#"{"on": "2020-02-02", "by": "0001", "inductor": true}"#.into(),
    );
    space.apply(&change);
    fs::write(space.path().join("members/00/0008/member.json"), "{").unwrap();
    space.git(&["commit", "-qam", "by hand"]);
    space
}

fn file_of(space: &Fixture) -> PathBuf {
    space.store.dir().join("cache/members")
}

/// Checks that a new process gets exactly what the objects contain.
#[track_caller]
fn assert_true(space: &Fixture) {
    let store: Store = space.open();
    let revision = store.read(store.head().unwrap()).unwrap();
    let roster = revision.roster();
    let (members, findings) = revision.members(|folder| folder);
    assert!(roster.members().eq(&members));
    assert!(members.iter().all(|it| roster.get(it.id) == Some(it)));
    assert_eq!(roster.findings(), findings);
}

#[test]
fn the_cache_agrees_with_the_objects() {
    let space = large();
    assert!(!file_of(&space).exists());
    assert_true(&space);
    let written = fs::metadata(file_of(&space)).unwrap().modified().unwrap();
    assert_true(&space);
    // Like commands do, each in a separate process.
    let apply = |change: &Change| {
        space.open().apply(change, space.store.head().unwrap(), &ada(), now()).unwrap();
    };
    apply(&naming(9, "Somebody Else"));
    let (record_path, record) = member(9_999, "New Here");
    apply(&Change::new("x", "x").put(record_path, record).remove(RecordPath::Member(id(10))));
    assert_true(&space);
    let now = fs::metadata(file_of(&space)).unwrap().modified().unwrap();
    assert_eq!(now, written, "a small change does not rewrite it");

    // In addition: a caller that panics ends the reading on other cores without hanging it.
    let store = space.open();
    let revision = store.read(store.head().unwrap()).unwrap();
    let panics = || revision.members(|folder| assert!(folder.id != id(7), "as asked"));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).unwrap_err();
}

#[test]
fn a_damaged_file_is_rebuilt() {
    let space = large();
    assert_true(&space);
    let good = fs::read(file_of(&space)).unwrap();
    for at in [0, 7, 9, 20, 40, 60, 200, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 0x40;
        fs::write(file_of(&space), &bad).unwrap();
        assert_true(&space);
        assert_eq!(fs::read(file_of(&space)).unwrap(), good, "byte {at}");
    }
    for length in [0, 5, 30, good.len() - 7] {
        fs::write(file_of(&space), &good[..length]).unwrap();
        assert_true(&space);
    }
}

#[test]
fn older_commits_use_the_cache_but_do_not_replace_it() {
    let space = large();
    let past = space.store.head().unwrap();
    space.apply(&naming(9, "Somebody Else"));
    assert_true(&space);
    let good = fs::read(file_of(&space)).unwrap();
    let store = space.open();
    let revision = store.read(past).unwrap();
    assert!(revision.roster().members().eq(&revision.members(|it| it).0));
    assert_eq!(fs::read(file_of(&space)).unwrap(), good);
}

#[test]
fn many_changes_rewrite_the_file() {
    let space = large();
    assert_true(&space);
    let old = fs::read(file_of(&space)).unwrap();
    let mut change = Change::new("x", "x");
    for number in 100..900 {
        let (record_path, record) = member(number, "All Alike");
        change = change.put(record_path, record);
    }
    space.store.apply(&change, space.store.head().unwrap(), &ada(), now()).unwrap();
    assert_true(&space);
    assert_ne!(fs::read(file_of(&space)).unwrap(), old);
    assert_true(&space);
}

#[test]
fn a_roster_is_the_same_after_few_or_many_changes() {
    let space = large();
    let (store, mut commits) = (space.open(), vec![space.store.head().unwrap()]);
    for (first, last) in [(9, 11), (100, 900), (901, 950)] {
        let change = (first..last).fold(Change::new("x", "x"), |change, number| {
            let (record_path, record) = member(number, &format!("Of {first}"));
            change.put(record_path, record)
        });
        space.store.apply(&change, space.store.head().unwrap(), &ada(), now()).unwrap();
        commits.push(space.store.head().unwrap());
    }
    // Back and forth with one handle, which keeps what it read last.
    for at in [3, 2, 1, 0, 3, 1, 2, 0] {
        let revision = store.read(commits[at]).unwrap();
        let (members, findings) = revision.members(|folder| folder);
        let roster = revision.roster();
        assert!(roster.members().eq(&members), "commit {at}");
        assert_eq!(roster.findings(), findings, "commit {at}");
    }
}

#[test]
fn objects_missing_for_a_while_are_looked_for_again() {
    let space = large();
    let lost = space.git(&["rev-parse", "HEAD:members/00/0012/member.json"]);
    // Loose, so that it can be removed and restored.
    let packs: Vec<_> = fs::read_dir(space.path().join(".git/objects/pack")).unwrap().collect();
    for pack in packs {
        let pack = pack.unwrap().path();
        let away = space.path().join(".git").join(pack.file_name().unwrap());
        fs::rename(&pack, &away).unwrap();
        if away.extension().is_some_and(|end| end == "pack") {
            let unpack = std::process::Command::new("git")
                .args(["unpack-objects", "-q"])
                .current_dir(space.path())
                .stdin(fs::File::open(&away).unwrap())
                .status();
            assert!(unpack.unwrap().success());
        }
    }
    let (folder, file) = lost.trim().split_at(2);
    let object = space.path().join(".git/objects").join(folder).join(file);
    let aside = object.with_extension("away");
    fs::rename(&object, &aside).unwrap();
    let name = |store: &Store| {
        let roster = store.read(store.head().unwrap()).unwrap().roster();
        roster.get(id(12)).unwrap().member.get().map(|member| member.name.clone())
    };
    let store = space.open();
    assert_eq!(name(&store), None);
    assert!(file_of(&space).exists());
    fs::rename(&aside, &object).unwrap();
    assert_eq!(name(&store), Some("Member 12".to_owned()), "by the same handle");
    assert_eq!(name(&space.open()), Some("Member 12".to_owned()), "by another one");
}

#[test]
fn nothing_computed_about_people_outlives_their_records() {
    let space = large();
    let store = space.open();
    let newest = store.read(store.head().unwrap()).unwrap();
    assert!(newest.roster().len() > 16);
    newest.remember("here", &[]);
    let folder = file_of(&space).parent().unwrap().to_owned();
    fs::write(folder.join("births.77.new"), "half a draft").unwrap();
    fs::write(folder.join("fetched"), "not about people").unwrap();
    let left = || {
        let names = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name());
        let mut names: Vec<String> = names.map(|it| it.into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert!(["members", "verdict"].iter().all(|name| left().contains(&(*name).to_owned())));
    store.remove_snapshots().unwrap();
    assert_eq!(left(), ["fetched", "sound"]);
    store.remove_snapshots().unwrap();
    assert_true(&space);
}
