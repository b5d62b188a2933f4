//! A change becomes a commit, and the files follow.

use space::{
    domain::model::{Change, Place},
    store::{Store, StoreError},
};

use crate::support::{Fixture, ada, id, member, naming, now};

#[test]
fn a_change_is_one_commit_with_author_words_and_trailer() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    let (place, record) = member(42, "Alan Turing");
    let change = Change::new("member: add 0042 Alan Turing", "member.add 0042").put(place, record);
    let commit = space.apply(&change);
    assert_eq!(space.store.head().unwrap(), commit);
    let shown = space.git(&["log", "-1", "--format=%P|%an|%ae|%aI|%s|%(trailers:only,unfold)"]);
    assert_eq!(
        shown.trim(),
        format!(
            "{before}|Ada Admin|ada@example.org|2026-01-05T18:00:00Z|\
             member: add 0042 Alan Turing|Space-Change: member.add 0042"
        )
    );
    assert!(space.file("members/00/0042/member.json").contains("Alan Turing"));
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
}

#[test]
fn a_removal_takes_the_empty_folder_along() {
    let space = Fixture::new();
    let change = Change::new("x", "x").remove(Place::Member(id(2)));
    space.apply(&change);
    assert!(!space.path().join("members/00/0002").exists());
    assert!(space.path().join("members/00/0001").exists());
    space.assert_clean();
}

#[test]
fn a_change_that_changes_nothing_is_no_commit() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    assert_eq!(space.apply(&naming(1, "Ada Lovelace")), before);
    assert_eq!(space.apply(&Change::new("x", "x")), before);
}

#[test]
fn what_does_not_pass_the_checks_is_refused_with_all_findings() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    let (place, _) = member(7, "x");
    let change = naming(7, "").remove(Place::Tier("standard".parse().unwrap()));
    assert!(change.edits.contains_key(&place));
    match space.store.apply(&change, space.store.head().unwrap(), &ada(), now()) {
        Err(StoreError::Refused(findings)) => assert!(findings.len() > 1, "{findings:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(space.store.head().unwrap(), before);
    space.assert_clean();
}

#[test]
fn a_bare_repository_works_as_well() {
    let space = Fixture::bare();
    space.apply(&naming(1, "Ada King"));
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    space.git(&["fsck", "--full", "--strict"]);
    assert!(space.store.workdir().is_none());
}

#[test]
fn many_records_go_into_one_pack() {
    let space = Fixture::new();
    let mut change = Change::new("import: 1,000 members", "import 1000");
    for number in 100..1_100 {
        let (place, record) = member(number, &format!("Member {number}"));
        change = change.put(place, record);
    }
    space.apply(&change);
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
    let store: Store = space.open();
    let revision = store.read(store.head().unwrap()).unwrap();
    let (members, findings) = revision.members(|folder| folder.id);
    assert_eq!((members.len(), findings.len()), (1_002, 0));
    assert!(members.is_sorted());
    assert_eq!(revision.next_member_id(), id(1_100));
    let loose = space.git(&["count-objects"]);
    assert!(loose.starts_with(char::is_numeric), "{loose}");
}
