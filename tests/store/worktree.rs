//! The checked-out files: updated after each commit, and never over somebody's edit.

use space::{
    domain::model::{Change, RecordPath},
    store::StoreError,
};

use crate::support::{Fixture, ada, id, member, naming, now};

const ADA: &str = "members/00/0001/member.json";

fn edit(space: &Fixture, name: &str) {
    let text = space.file(ADA).replace("Ada Lovelace", name);
    std::fs::write(space.path().join(ADA), text).unwrap();
}

#[track_caller]
fn unsaved(space: &Fixture) {
    let before = space.store.head().unwrap();
    match space.open().apply(&naming(1, "Ada King"), space.open().head().unwrap(), &ada(), now()) {
        Err(StoreError::Unsaved(files)) => assert_eq!(files, [ADA]),
        other => panic!("{other:?}"),
    }
    assert_eq!(space.store.head().unwrap(), before);
}

#[test]
fn an_unsaved_edit_is_never_overwritten() {
    let space = Fixture::new();
    edit(&space, "Ada Unsaved");
    unsaved(&space);
    assert!(space.file(ADA).contains("Ada Unsaved"));
    // Other records can still be changed, and the edit stays unchanged.
    space.apply(&naming(2, "Amazing Grace"));
    assert_eq!(space.git(&["status", "--porcelain"]), format!(" M {ADA}\n"));
}

#[test]
fn a_staged_edit_and_an_unsaved_removal_count_too() {
    let space = Fixture::new();
    let saved = space.file(ADA);
    edit(&space, "Ada Staged");
    space.git(&["add", "-A"]);
    unsaved(&space);
    std::fs::write(space.path().join(ADA), saved).unwrap();
    unsaved(&space); // only what is staged
    space.git(&["reset", "-q", "--hard"]);
    std::fs::remove_file(space.path().join(ADA)).unwrap();
    unsaved(&space);
    assert!(!space.path().join(ADA).exists());
}

#[test]
fn a_new_record_is_not_written_over_a_file_that_git_does_not_know() {
    let space = Fixture::new();
    std::fs::create_dir_all(space.path().join("members/00/0042")).unwrap();
    std::fs::write(space.path().join("members/00/0042/member.json"), "mine").unwrap();
    let (record_path, record) = member(42, "Alan Turing");
    let change = Change::new("x", "x").put(record_path, record);
    let error = space.store.apply(&change, space.store.head().unwrap(), &ada(), now()).unwrap_err();
    assert!(matches!(error, StoreError::Unsaved(_)), "{error}");
    assert_eq!(space.file("members/00/0042/member.json"), "mine");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_way_leads_nowhere() {
    let space = Fixture::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), space.path().join("members/01")).unwrap();
    let (record_path, record) = member(142, "Alan Turing");
    let change = Change::new("x", "x").put(record_path, record);
    let error = space.store.apply(&change, space.store.head().unwrap(), &ada(), now()).unwrap_err();
    assert!(matches!(error, StoreError::InTheWay(_)), "{error}");
    assert_eq!(elsewhere.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_volunteers_plain_commit_does_not_revert_ours() {
    let space = Fixture::new();
    space.apply(&naming(1, "Ada King"));
    std::fs::write(space.path().join("NOTES.md"), "a note").unwrap();
    space.git(&["add", "NOTES.md"]);
    space.git(&["commit", "-qm", "note"]);
    space.apply(&naming(2, "Amazing Grace"));
    std::fs::write(space.path().join("NOTES.md"), "another").unwrap();
    space.git(&["commit", "-qam", "note again"]);
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    assert_eq!(space.name_of(2).as_deref(), Some("Amazing Grace"));
    space.assert_clean();
}

#[test]
fn line_breaks_of_other_machines_do_not_matter() {
    let space = Fixture::new();
    space.git(&["config", "core.autocrlf", "true"]);
    space.apply(&naming(1, "Ada King"));
    assert!(!space.file(ADA).contains('\r'));
    space.assert_clean();
    space.git(&["checkout", "-q", "HEAD~1"]);
    space.git(&["checkout", "-q", "main"]);
    space.assert_clean();
    space.apply(&naming(1, "Ada Byron"));
    space.assert_clean();
}

#[test]
fn a_git_that_works_on_the_files_is_waited_for_and_named() {
    let space = Fixture::new();
    let before = space.store.head().unwrap();
    std::fs::write(space.path().join(".git/index.lock"), "").unwrap();
    let error = space
        .store
        .apply(&naming(1, "Ada King"), space.store.head().unwrap(), &ada(), now())
        .unwrap_err();
    assert!(matches!(error, StoreError::IndexBusy(_)), "{error}");
    assert_eq!(space.store.head().unwrap(), before);
    std::fs::remove_file(space.path().join(".git/index.lock")).unwrap();
    space.apply(&naming(1, "Ada King"));
    space.assert_clean();
}

#[test]
fn an_index_emptied_by_a_power_cut_is_rebuilt() {
    let space = Fixture::new();
    for left in [&b""[..], b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        std::fs::write(space.path().join(".git/index"), left).unwrap();
        let name = format!("Ada {}", left.len());
        space.open().apply(&naming(1, &name), space.open().head().unwrap(), &ada(), now()).unwrap();
        space.assert_clean();
    }
}

#[test]
fn a_linked_worktree_works_as_well() {
    let space = Fixture::new();
    let parent = tempfile::tempdir().unwrap();
    let linked = parent.path().join("linked");
    space.git(&["config", "--unset", "space.branch"]);
    space.git(&["worktree", "add", "-qb", "idea", linked.to_str().unwrap()]);
    let store = crate::support::rehearsing(space::store::Store::open(&linked).unwrap());
    assert_eq!(store.dir().canonicalize().unwrap(), space.store.dir().canonicalize().unwrap());
    store.apply(&naming(1, "Ada King"), store.head().unwrap(), &ada(), now()).unwrap();
    assert_eq!(crate::support::git(&linked, &["status", "--porcelain"]), "");
    assert!(linked.join(ADA).metadata().is_ok());
    assert_eq!(space.name_of(1).as_deref(), Some("Ada Lovelace"));
    space.apply(&Change::new("x", "x").remove(RecordPath::Member(id(2))));
    space.assert_clean();
}

#[test]
fn an_edit_in_the_moment_of_a_commit_is_still_seen_after_the_next() {
    let space = Fixture::new();
    space.apply(&naming(1, "Ada Byron"));
    // Of the same length, and most likely within the second in which git cannot tell such edits.
    edit_to(&space, "Ada Byron", "Ada Bryon");
    space.apply(&naming(2, "Amazing Grace"));
    assert_eq!(space.git(&["status", "--porcelain"]), format!(" M {ADA}\n"));
}

fn edit_to(space: &Fixture, from: &str, to: &str) {
    let text = space.file(ADA).replace(from, to);
    std::fs::write(space.path().join(ADA), text).unwrap();
}

#[test]
fn an_index_in_another_form_is_understood() {
    for how in [
        &["update-index", "--index-version", "4"][..],
        &["update-index", "--untracked-cache"],
        &["-c", "index.threads=4", "update-index", "--force-write-index"],
        &["-c", "index.skipHash=true", "update-index", "--force-write-index"],
        &["update-index", "--skip-worktree", "space.json"],
    ] {
        let space = Fixture::new();
        space.git(how);
        space.apply(&naming(1, "Ada King"));
        assert_eq!(space.git(&["status", "--porcelain"]), "", "{how:?}");
        assert_eq!(space.git(&["diff", "--cached", "--name-only", "HEAD"]), "", "{how:?}");
        space.git(&["fsck", "--full", "--strict"]);
    }
}
