//! Repositories that cannot be committed to, and the explanations.

use space::{
    domain::model::{RecordPath, SpaceKey},
    store::{ErrorKind, InitOptions, Store, StoreError},
};

use crate::support::{Fixture, ada, files, id, naming, now, try_git};

#[track_caller]
fn refusal(space: &Fixture, message: &str, hint: &str) {
    let error = space
        .open()
        .apply(&naming(1, "Ada King"), space.open().head().unwrap(), &ada(), now())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::User);
    assert!(error.to_string().contains(message), "{error}");
    assert!(space::cli::advice::words(&error.hint().unwrap()).contains(hint), "{:?}", error.hint());
}

#[test]
fn no_branch_is_checked_out() {
    let space = Fixture::new();
    space.git(&["switch", "-q", "--detach"]);
    refusal(&space, "detached HEAD", "git switch");
    assert_eq!(space.name_of(1).as_deref(), Some("Ada Lovelace"));
}

#[test]
fn another_branch_is_checked_out() {
    let space = Fixture::new();
    space.git(&["switch", "-qc", "idea"]);
    refusal(&space, "on branch `idea`, but the space is on `main`", "git switch main");
    space.git(&["config", "space.branch", "idea"]);
    let store = space.open();
    store.apply(&naming(1, "Ada King"), store.head().unwrap(), &ada(), now()).unwrap();
    assert_eq!(store.branch().unwrap(), "idea");
}

#[test]
fn a_merge_is_underway() {
    let space = Fixture::new();
    let file = space.file("members/00/0001/member.json");
    let edit = |name: &str| {
        let text = file.replace("Ada Lovelace", name);
        std::fs::write(space.path().join("members/00/0001/member.json"), text).unwrap();
        space.git(&["commit", "-qam", name]);
    };
    space.git(&["switch", "-qc", "other"]);
    edit("Ada Other");
    space.git(&["switch", "-q", "main"]);
    edit("Ada Main");
    assert!(!try_git(space.path(), &["merge", "other"]).status.success());
    refusal(&space, "in the middle of a merge", "git merge --abort");
    space.git(&["merge", "--abort"]);
    space
        .open()
        .apply(&naming(1, "Ada King"), space.open().head().unwrap(), &ada(), now())
        .unwrap();
    space.assert_clean();
}

#[test]
fn repositories_that_are_not_spaces_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(dir.path()), Err(StoreError::NoRepository(_))));
    crate::support::git(dir.path(), &["init", "-q", "-b", "main"]);
    let error = Store::open(dir.path()).unwrap_err();
    assert!(space::cli::advice::words(&error.hint().unwrap()).contains("space init"), "{error}");
    crate::support::git(dir.path(), &["commit", "-q", "--allow-empty", "-m", "x"]);
    assert!(matches!(Store::open(dir.path()), Err(StoreError::NotASpace(_))));
}

#[test]
fn a_space_is_found_from_its_folders_and_made_once() {
    let space = Fixture::new();
    let store = Store::open(&space.path().join("members/00")).unwrap();
    assert_eq!(store.dir(), space.store.dir());
    let again = Store::init(space.path(), &files(), &ada(), &InitOptions::default(), now());
    assert!(matches!(again, Err(StoreError::InTheWay(_))));
}

#[test]
fn a_space_is_made_in_an_empty_repository_but_never_over_files() {
    let dir = tempfile::tempdir().unwrap();
    crate::support::git(dir.path(), &["init", "-q", "-b", "trunk"]);
    std::fs::write(dir.path().join("space.json"), "mine").unwrap();
    let options = InitOptions { branch: "trunk".into(), ..InitOptions::default() };
    let init = || Store::init(dir.path(), &files(), &ada(), &options, now());
    assert!(matches!(init(), Err(StoreError::InTheWay(_))));
    assert_eq!(std::fs::read_to_string(dir.path().join("space.json")).unwrap(), "mine");
    std::fs::remove_file(dir.path().join("space.json")).unwrap();
    assert_eq!(init().unwrap().branch().unwrap(), "trunk");
}

#[test]
fn the_key_stays_out_of_the_history_and_is_recognised() {
    let space = Fixture::new();
    let key = space.store.key().unwrap();
    let path = space.store.dir().join("key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(space.store.dir())), (0o600, 0o700));
    }
    let revision = space.store.read(space.store.head().unwrap()).unwrap();
    let named = revision.record(&RecordPath::Space).unwrap().unwrap();
    assert!(format!("{named:?}").contains(&key.id()));
    space.assert_clean();

    let other = SpaceKey::from_bytes([9; 32]);
    assert!(matches!(space.store.set_key(&other), Err(StoreError::KeyWrong { .. })));
    std::fs::write(&path, other.to_hex()).unwrap();
    assert!(matches!(space.store.key(), Err(StoreError::KeyWrong { .. })));
    std::fs::write(&path, "secret that is no key").unwrap();
    assert!(!space.store.key().unwrap_err().to_string().contains("secret"));
    std::fs::remove_file(&path).unwrap();
    let error = space.store.key().unwrap_err();
    assert!(matches!(error, StoreError::KeyMissing(_)));
    assert!(space::cli::advice::words(&error.hint().unwrap()).contains("space key import"));
    space.store.set_key(&key).unwrap();
    assert_eq!(space.store.key().unwrap(), key);
}

#[test]
fn a_record_changed_in_the_meantime_is_not_overwritten() {
    let space = Fixture::new();
    let mine = space.open();
    let base = mine.head().unwrap();
    space.apply(&naming(1, "Ada King"));
    let error = mine.apply(&naming(1, "Ada Byron"), base, &ada(), now()).unwrap_err();
    assert!(matches!(&error, StoreError::Overtaken(files) if files.len() == 1), "{error}");
    assert_eq!(error.kind(), ErrorKind::Overtaken);
    mine.apply(&naming(2, "Amazing Grace"), base, &ada(), now()).unwrap();
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    assert_eq!(space.name_of(2).as_deref(), Some("Amazing Grace"));
    assert_eq!(space.name_of(id(2).number()).as_deref(), Some("Amazing Grace"));
}
