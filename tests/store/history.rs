//! Who changed what, and how to undo it.

use space::{
    domain::model::RecordPath,
    store::{
        StoreError,
        history::{LogScope, Query},
    },
};

use crate::support::{Fixture, ada, id, naming, now};

fn subjects(space: &Fixture, query: &Query) -> Vec<String> {
    space.store.log(query).unwrap().into_iter().map(|entry| entry.subject.to_string()).collect()
}

#[test]
fn the_log_is_asked_by_record_member_author_and_range() {
    let space = Fixture::new();
    space.apply(&naming(1, "Ada King"));
    let mut grace = ada();
    grace.name = "Grace Treasurer".into();
    space
        .store
        .apply(&naming(2, "Rear Admiral Hopper"), space.store.head().unwrap(), &grace, now())
        .unwrap();
    let all = Query::default();
    assert_eq!(
        subjects(&space, &all),
        ["member: edit 0002", "member: edit 0001", "init: Test Space"]
    );
    let about = |about| Query { about, ..Query::default() };
    let one = about(LogScope::Member(id(1)));
    assert_eq!(subjects(&space, &one), ["member: edit 0001", "init: Test Space"]);
    let record = about(LogScope::Record(RecordPath::Member(id(2))));
    assert_eq!(subjects(&space, &record).len(), 2);
    assert_eq!(subjects(&space, &about(LogScope::Facility("frontdoor".parse().unwrap()))).len(), 1);
    let by = Query { author: Some("treasurer".into()), ..Query::default() };
    assert_eq!(subjects(&space, &by), ["member: edit 0002"]);
    let since = Query { since: Some(now()), limit: Some(1), ..Query::default() };
    assert_eq!(subjects(&space, &since), ["member: edit 0002"]);

    let entry = space.store.log(&one).unwrap().remove(0);
    assert_eq!(entry.trailer.as_deref(), Some("member.edit 0001"));
    assert_eq!((entry.author, entry.time), (ada(), now()));
    let changed = space.store.changed_by(entry.id).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].record_path, Some(RecordPath::Member(id(1))));
}

#[test]
fn an_undo_is_a_new_commit_and_its_undo_a_redo() {
    let space = Fixture::new();
    let commit = space.apply(&naming(1, "Ada King"));
    space.apply(&naming(2, "Rear Admiral Hopper"));
    let undo = space.store.revert(commit, space.store.head().unwrap()).unwrap();
    let undone = space.apply(&undo);
    assert_eq!(space.name_of(1).as_deref(), Some("Ada Lovelace"));
    assert_eq!(space.name_of(2).as_deref(), Some("Rear Admiral Hopper"));
    let redo = space.store.revert(undone, space.store.head().unwrap()).unwrap();
    assert_eq!(redo.subject, "redo: member: edit 0001");
    let redone = space.apply(&redo);
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    assert_eq!(
        space.store.revert(redone, space.store.head().unwrap()).unwrap().subject,
        "undo: member: edit 0001"
    );
    space.assert_clean();
}

#[test]
fn a_record_changed_since_is_not_undone_but_explained() {
    let space = Fixture::new();
    let commit = space.apply(&naming(1, "Ada King"));
    let newer = space.apply(&naming(1, "Ada Byron"));
    let error = space.store.revert(commit, space.store.head().unwrap()).unwrap_err();
    assert!(matches!(error, StoreError::NotUndoable { .. }));
    let message = error.to_string();
    for part in ["Ada Admin", &newer.short(), "member: edit 0001 Ada Byron", "0001/member.json"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn the_undo_of_what_was_written_by_hand_repeats_no_words() {
    let space = Fixture::new();
    std::fs::remove_file(space.path().join("members/00/0002/member.json")).unwrap();
    space.git(&["commit", "-qam", "Grace Hopper was loud"]);
    let commit = space.store.head().unwrap();
    let undo = space.store.revert(commit, commit).unwrap();
    let said = undo.subject.to_string();
    assert!(said.starts_with("undo: ") && said.contains(&commit.short()), "{said}");
    assert!(!said.contains("Grace"), "{said}");
    let undone = space.apply(&undo);
    let redo = space.store.revert(undone, undone).unwrap();
    assert_eq!(redo.subject.to_string(), said.replacen("undo", "redo", 1));
}

#[test]
fn a_commit_with_other_files_is_left_to_git() {
    let space = Fixture::new();
    std::fs::write(space.path().join("README.md"), "hello").unwrap();
    space.git(&["add", "-A"]);
    space.git(&["commit", "-qm", "readme"]);
    let commit = space.store.head().unwrap();
    let message = space.store.revert(commit, space.store.head().unwrap()).unwrap_err().to_string();
    assert!(message.contains("README.md is not a record"), "{message}");
}
