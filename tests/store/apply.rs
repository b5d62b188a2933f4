//! A change becomes a commit, and the files follow.

use space::{
    domain::model::{Change, RecordPath, Subject},
    store::{Store, StoreError},
};

use crate::support::{Fixture, ada, id, member, naming, now};

#[test]
fn a_change_is_one_commit_with_author_message_and_trailer() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    let (record_path, record) = member(42, "Alan Turing");
    let subject = Subject::new("member: add").and(id(42));
    let change = Change::new(subject, "member.add 0042").put(record_path, record);
    let commit = space.apply(&change);
    assert_eq!(space.store.head().unwrap(), commit);
    let shown = space.git(&["log", "-1", "--format=%P|%an|%ae|%aI|%s|%(trailers:only,unfold)"]);
    assert_eq!(
        shown.trim(),
        format!(
            "{before}|Ada Admin|ada@example.org|2026-01-05T18:00:00Z|\
             member: add 0042|Space-Change: member.add 0042\nSpace-Members: 0042"
        )
    );
    assert!(space.file("members/00/0042/member.json").contains("Alan Turing"));
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
}

#[test]
fn a_removal_takes_the_empty_folder_along() {
    let space = Fixture::new();
    let change = Change::new("x", "x").remove(RecordPath::Member(id(2)));
    space.apply(&change);
    assert!(!space.path().join("members/00/0002").exists());
    assert!(space.path().join("members/00/0001").exists());
    space.assert_clean();
}

#[test]
fn a_change_without_effect_makes_no_commit() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    assert_eq!(space.apply(&naming(1, "Ada Lovelace")), before);
    assert_eq!(space.apply(&Change::new("x", "x")), before);
}

#[test]
fn a_change_with_errors_is_refused_with_all_findings() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    let (record_path, _) = member(7, "x");
    let change = naming(7, "").remove(RecordPath::Tier("standard".parse().unwrap()));
    assert!(change.edits.contains_key(&record_path));
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
    let logs = space.path().join("logs/refs"); // git keeps no log there
    assert!(!logs.exists());
}

#[test]
fn many_records_go_into_one_pack() {
    let space = Fixture::new();
    let mut change = Change::new("import: 1,000 members", "import 1000");
    for number in 100..1_100 {
        let (record_path, record) = member(number, &format!("Member {number}"));
        change = change.put(record_path, record);
    }
    let (before, packs) = (space.store.head().unwrap(), packs(&space));
    let commit = space.apply(&change);
    assert_eq!(self::packs(&space), packs + 1);
    let range = [format!("{commit}"), format!("^{before}")];
    let news = space.git(&["rev-list", "--objects", "--no-object-names", &range[0], &range[1]]);
    assert!(news.lines().count() > 2_000, "a commit, its folders and 1,000 records");
    let loose: Vec<&str> = news.lines().filter(|id| is_loose(&space, id)).collect();
    assert!(loose.is_empty(), "{} are loose, like {:?}", loose.len(), loose.first());
    space.assert_clean();
    let report = space.git(&["fsck", "--full", "--strict"]);
    assert_eq!(report, "", "nothing dangles");
    let store: Store = space.open();
    let revision = store.read(store.head().unwrap()).unwrap();
    let (members, findings) = revision.members(|folder| folder.id);
    assert_eq!((members.len(), findings.len()), (1_002, 0));
    assert!(members.is_sorted());
    assert_eq!(revision.next_member_id(), id(1_100));
}

/// A single change adds one loose object for each new thing.
#[test]
fn few_records_make_no_pack() {
    let space = Fixture::new();
    let (before, packs) = (space.store.head().unwrap(), packs(&space));
    let commit = space.apply(&naming(1, "Ada King"));
    let range = [format!("{commit}"), format!("^{before}")];
    let news = space.git(&["rev-list", "--objects", "--no-object-names", &range[0], &range[1]]);
    assert!(news.lines().all(|id| is_loose(&space, id)), "{news}");
    assert_eq!(self::packs(&space), packs);
}

fn packs(space: &Fixture) -> usize {
    let folder = space.path().join(".git/objects/pack");
    let files = std::fs::read_dir(folder).into_iter().flatten();
    files.filter(|it| it.as_ref().unwrap().path().extension() == Some("pack".as_ref())).count()
}

fn is_loose(space: &Fixture, id: &str) -> bool {
    space.path().join(".git/objects").join(&id[..2]).join(&id[2..]).exists()
}
