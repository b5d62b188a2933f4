//! The result of a check is remembered, and never used if it does not belong to this check.

use std::{cell::Cell, fs};

use space::domain::{
    check,
    model::{Change, CommitId, Finding, FindingCode, RecordPath},
    records::Catalogue,
};

use crate::support::{Fixture, id, member, naming};

/// Asks for the verdict on the newest commit; also tells whether a full check was made for it.
fn asked(space: &Fixture, world: &str, found: &[Finding]) -> (Vec<Finding>, bool) {
    let store = space.open();
    asked_at(space, store.head().unwrap(), world, found)
}

fn asked_at(
    space: &Fixture,
    commit: CommitId,
    world: &str,
    found: &[Finding],
) -> (Vec<Finding>, bool) {
    let (store, full) = (space.open(), Cell::new(false));
    let check = |_: &_| {
        full.set(true);
        found.to_vec()
    };
    (store.read(commit).unwrap().verdict(world, check), full.get())
}

fn finding() -> Finding {
    Finding::warning(FindingCode::BadText, "members/00/0001/member.json", "is odd: \"ü\"\n")
        .at(3, 7)
}

#[test]
fn it_is_remembered_word_by_word() {
    let space = Fixture::new();
    assert_eq!(asked(&space, "w", &[finding()]), (vec![finding()], true));
    assert_eq!(asked(&space, "w", &[]), (vec![finding()], false));
    // Another program, or other time zones.
    assert_eq!(asked(&space, "another", &[]), (vec![], true));
    assert_eq!(asked(&space, "w", &[finding()]), (vec![finding()], true));
}

#[test]
fn after_a_clean_check_only_changes_are_checked() {
    let space = Fixture::new();
    assert_eq!(asked(&space, "w", &[]), (vec![], true));
    space.apply(&naming(1, "Ada King"));
    assert_eq!(asked(&space, "w", &[finding()]), (vec![], false));
    // A tier that does not exist: the change is not in order, so everything is checked.
    let path = space.path().join("members/00/0001/member.json");
    let text = fs::read_to_string(&path).unwrap().replace("standard", "gold");
    fs::write(path, text).unwrap();
    space.git(&["commit", "-qam", "gold", "--no-verify"]);
    assert_eq!(asked(&space, "w", &[finding()]), (vec![finding()], true));
    // And then everything each time, until all is in order again.
    let (record_path, record) = member(3, "Alan Turing");
    space.apply(&Change::new("x", "x").put(record_path, record));
    assert_eq!(asked(&space, "w", &[]), (vec![], true));
    space.apply(&Change::new("x", "x").remove(RecordPath::Member(id(3))));
    assert_eq!(asked(&space, "w", &[finding()]), (vec![], false));
}

#[test]
fn the_remembered_verdict_equals_a_full_check() {
    let space = Fixture::new();
    let full = |space: &Fixture| {
        let store = space.open();
        let revision = store.read(store.head().unwrap()).unwrap();
        let mut catalogue = Catalogue::default();
        let mut findings = revision.files(|record_path, record| match record {
            Ok(record) => catalogue.insert(record_path, record),
            Err(_) => catalogue.insert_unreadable(record_path),
        });
        findings.extend(check::all(&catalogue));
        findings
    };
    assert_eq!(asked(&space, "w", &full(&space)).0, full(&space));
    for file in
        ["members/00/0001/member.json", "tiers/standard.json", "facilities/frontdoor/facility.json"]
    {
        let path = space.path().join(file);
        let whole = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        space.git(&["commit", "-qam", "without it", "--no-verify"]);
        let found = full(&space);
        assert_eq!(found.is_empty(), file.starts_with("members"), "{file}");
        assert_eq!(asked(&space, "w", &found).0, found, "{file}");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, whole).unwrap();
        space.git(&["add", "-A"]);
        space.git(&["commit", "-qm", "with it", "--no-verify"]);
        assert_eq!(asked(&space, "w", &full(&space)).0, full(&space), "{file}");
    }
}

#[test]
fn a_damaged_or_unrelated_verdict_is_not_trusted() {
    let space = Fixture::new();
    let first = space.store.head().unwrap();
    let file = space.path().join(".git/space/cache/verdict");
    asked(&space, "w", &[]);
    let whole = fs::read(&file).unwrap();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&file, &bytes).unwrap();
        assert!(asked(&space, "w", &[]).1, "a changed byte {at}");
    }
    for length in [0, 10, 64, 65, whole.len() - 1] {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(asked(&space, "w", &[]).1, "cut at {length}");
    }
    // Asking about an older commit changes nothing, and the newest stays remembered.
    space.apply(&naming(1, "Ada King"));
    asked(&space, "w", &[]);
    let newest = fs::read(&file).unwrap();
    asked_at(&space, first, "w", &[]);
    assert_eq!(fs::read(&file).unwrap(), newest);
}

#[cfg(unix)]
#[test]
fn without_a_cache_everything_is_checked_each_time() {
    let space = Fixture::new();
    // Not even root can create a folder in the place of a file.
    fs::write(space.path().join(".git/space/cache"), "in the way").unwrap();
    assert!(asked(&space, "w", &[]).1 && asked(&space, "w", &[]).1);
}
