//! What a power cut, a bad card, or a git that works at the same moment does to a repository.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use git2::{ObjectType, Oid};
use space::{
    domain::model::{CommitId, RecordPath},
    store::{
        ErrorKind, InitOptions, Store, StoreError,
        history::{LogScope, Query},
    },
};

use crate::support::{Fixture, ada, files, git, id, naming, now, rehearsing, try_git};

/// Returns the file of an object, which git makes read-only.
fn loose(root: &Path, id: &str) -> PathBuf {
    let path = root.join(".git/objects").join(&id[..2]).join(&id[2..]);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "the file of a test")]
    permissions.set_readonly(false);
    fs::set_permissions(&path, permissions).unwrap();
    path
}

fn all_loose(root: &Path) -> Vec<String> {
    let listed = git(root, &["cat-file", "--batch-all-objects", "--batch-check=%(objectname)"]);
    listed.lines().map(str::to_owned).collect()
}

/// Reads whatever can be read; that it ends is what is tested.
fn read_all(root: &Path) -> Result<(), StoreError> {
    let store = Store::open(root)?;
    let revision = store.read(store.head()?)?;
    let (_, findings) = revision.members(|it| it.id);
    store.log(&Query { about: LogScope::Member(id(1)), ..Query::default() })?;
    store.unsaved_files()?;
    match findings.first().cloned().or_else(|| revision.unsound()) {
        Some(finding) => Err(StoreError::Damaged(finding)),
        None => Ok(()),
    }
}

#[test]
fn an_object_that_is_cut_short_or_claims_gigabytes_hangs_nothing() {
    let space = Fixture::new();
    space.apply(&naming(1, "Ada King"));
    let mut noticed = 0;
    for id in all_loose(space.path()) {
        let path = loose(space.path(), &id);
        let whole = fs::read(&path).unwrap();
        for length in [0, 1, 2, 10, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            noticed += usize::from(read_all(space.path()).is_err());
        }
        // An uncompressed stream: `blob 12` begins after two bytes of its own and five of its block.
        let mut huge = whole.clone();
        if let Some(at) = huge.iter().skip(7).position(|byte| byte.is_ascii_digit()) {
            let digits = huge[7 + at..].iter().take_while(|it| it.is_ascii_digit()).count();
            huge[7 + at..7 + at + digits].fill(b'9');
            fs::write(&path, &huge).unwrap();
            noticed += usize::from(read_all(space.path()).is_err());
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(noticed > 30, "{noticed}");
    read_all(space.path()).unwrap();
}

#[test]
fn a_wrong_bit_in_the_index_of_a_pack_is_named_with_the_way_out() {
    let space = Fixture::new();
    space.git(&["repack", "-a", "-d", "-q"]);
    let packs = fs::read_dir(space.path().join(".git/objects/pack")).unwrap();
    let index =
        packs.map(|it| it.unwrap().path()).find(|it| it.extension().is_some_and(|it| it == "idx"));
    let index = index.unwrap();
    let whole = fs::read(&index).unwrap();
    fs::remove_file(&index).unwrap();
    for byte in (0..whole.len()).step_by(7) {
        let mut wrong = whole.clone();
        wrong[byte] ^= 0x10;
        fs::write(&index, &wrong).unwrap();
        let error = read_all(space.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{byte}: {error}");
        let hint = space::cli::advice::words(&error.hint().unwrap());
        assert!(hint.contains("git index-pack"), "{hint}");
    }
    fs::remove_file(&index).unwrap();
    let pack = index.with_extension("pack");
    space.git(&["index-pack", pack.to_str().unwrap()]);
    read_all(space.path()).unwrap();
}

#[test]
fn what_git_wrote_and_a_power_cut_emptied_is_written_again() {
    let space = Fixture::new();
    let change = naming(1, "Ada King");
    let record = space::store::json::canonical(match change.edits.values().next().unwrap() {
        space::domain::model::Edit::Put(record) => record,
        space::domain::model::Edit::Remove => panic!("it writes a record"),
    });
    let id = Oid::hash_object(ObjectType::Blob, &record).unwrap().to_string();
    for left in [0, 9] {
        let draft = space.path().join("draft");
        fs::write(&draft, &record).unwrap();
        assert_eq!(space.git(&["hash-object", "-w", "draft"]).trim(), id);
        fs::remove_file(draft).unwrap();
        let path = loose(space.path(), &id);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..left]).unwrap();
        space.apply(&change);
        space.git(&["fsck", "--full", "--strict"]);
        assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
        space.apply(&naming(1, "Ada Lovelace"));
        fs::remove_file(loose(space.path(), &id)).unwrap();
        space.git(&["update-ref", "refs/heads/main", "HEAD~2"]);
        space.git(&["reset", "-q", "--hard"]);
    }
}

/// What the next step of a change does, in the folder of a space.
type Act = (PathBuf, fn(&Path));

static ACT: Mutex<Option<Act>> = Mutex::new(None);

fn at_the_branch(step: &'static str) {
    if step == "branch" {
        let act = ACT.lock().unwrap_or_else(PoisonError::into_inner).take();
        act.into_iter().for_each(|(root, act)| act(&root));
    }
}

/// Applies a change while something else happens just after the branch has moved.
fn apply_with(space: &Fixture, act: fn(&Path), name: &str) -> CommitId {
    let mut store = Store::open(space.path()).unwrap();
    store.on_step(at_the_branch);
    *ACT.lock().unwrap_or_else(PoisonError::into_inner) = Some((space.path().to_owned(), act));
    store.apply(&naming(1, name), store.head().unwrap(), &ada(), now()).unwrap().commit
}

/// Both happen in one test, since they share what happens.
#[test]
fn what_git_packs_or_prunes_at_that_moment_is_neither_a_failure_nor_a_loss() {
    let space = Fixture::new();
    let done = apply_with(&space, |root| drop(git(root, &["pack-refs", "--all"])), "Ada King");
    assert_eq!(space.open().head().unwrap(), done);
    let done = apply_with(
        &space,
        |root| {
            for id in git(root, &["rev-list", "--objects", "HEAD~1..HEAD"]).lines() {
                fs::remove_file(loose(root, &id[..40])).unwrap();
            }
        },
        "Ada Byron",
    );
    assert_eq!(space.open().head().unwrap(), done);
    space.git(&["fsck", "--full", "--strict"]);
    assert_eq!(space.name_of(1).as_deref(), Some("Ada Byron"));
    space.assert_clean();
}

/// The lock says which commit the files are at. It is not flushed, so that a power cut brings an older
/// one back; then the files are as in any commit since.
#[test]
fn files_of_any_commit_since_the_mark_are_no_edits() {
    let space = Fixture::new();
    let lock = space.path().join(".git/space/lock");
    let member = RecordPath::Member(id(1)).to_string();
    let older = fs::read(&lock).unwrap();
    space.apply(&naming(1, "Ada One"));
    let between = space.file(&member);
    space.apply(&naming(1, "Ada Two"));
    fs::write(&lock, &older).unwrap();
    fs::write(space.path().join(&member), &between).unwrap();
    space.git(&["add", &member]);
    assert!(space.open().is_left_behind());
    assert!(space.open().repair(now()).unwrap());
    assert!(space.file(&member).contains("Ada Two"));
    space.assert_clean();
    space.apply(&naming(1, "Ada Three"));
    // An edit stays one.
    fs::write(&lock, &older).unwrap();
    fs::write(space.path().join(&member), between.replace("Ada One", "Ada Edited")).unwrap();
    space.open().repair(now()).unwrap();
    assert!(space.file(&member).contains("Ada Edited"));
}

#[test]
fn an_index_that_was_cut_short_is_made_anew() {
    let space = Fixture::new();
    let index = space.path().join(".git/index");
    let whole = fs::read(&index).unwrap();
    for length in [0, 5, 12, whole.len() / 2, whole.len() - 1] {
        fs::write(&index, &whole[..length]).unwrap();
        space.apply(&naming(1, &format!("Ada {length}")));
        space.assert_clean();
    }
}

#[test]
fn a_space_that_was_begun_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("makers");
    let hooks = vec![("pre-receive", "#!/bin/sh\nexit 1\n")];
    let options = InitOptions { hooks, ..InitOptions::default() };
    let init = || Store::init(&root, &files(), &ada(), &options, now());
    let git_dir = root.join(".git");
    // Killed at the very beginning.
    for begun in [&["objects"][..], &["objects", "refs/heads", "hooks"]] {
        begun.iter().for_each(|it| fs::create_dir_all(git_dir.join(it)).unwrap());
        fs::write(git_dir.join("config.lock"), "").unwrap();
        init().unwrap();
        assert!(matches!(init(), Err(StoreError::InTheWay(_))), "it is finished");
        fs::remove_dir_all(&root).unwrap();
    }
    // Killed once the branch was there.
    let commit = init().unwrap().head().unwrap();
    fs::write(git_dir.join("space/init-begun"), "").unwrap();
    fs::remove_file(root.join("space.json")).unwrap();
    fs::write(root.join("tiers/standard.json"), "").unwrap();
    fs::remove_file(git_dir.join("index")).unwrap();
    fs::write(git_dir.join("hooks/pre-receive"), "").unwrap();
    fs::write(git_dir.join("refs/heads/main.lock"), "").unwrap();
    let store = rehearsing(init().unwrap());
    assert_eq!(store.head().unwrap(), commit);
    store.key().unwrap();
    assert_eq!(git(&root, &["status", "--porcelain", "--untracked-files=all"]), "");
    assert!(fs::read_to_string(git_dir.join("hooks/pre-receive")).unwrap().contains("exit 1"));
    store.apply(&naming(1, "Ada King"), commit, &ada(), now()).unwrap();
    fs::write(git_dir.join("space/init-begun"), "").unwrap();
    assert!(matches!(init(), Err(StoreError::InTheWay(_))), "there is a history already");
}

/// git takes no commit that is older than 1970.
#[test]
fn a_clock_of_1969_makes_a_commit_that_git_accepts() {
    let space = Fixture::new();
    let long_ago = "1969-07-20T20:17:00Z".parse().unwrap();
    let head = space.store.head().unwrap();
    space.store.apply(&naming(1, "Ada King"), head, &ada(), long_ago).unwrap();
    space.git(&["fsck", "--full", "--strict"]);
}

#[test]
fn commits_since_a_moment_are_found_whatever_the_dates_between_them() {
    let space = Fixture::new();
    let days = ["2026-03-02", "2020-01-01", "2026-03-04"];
    for day in days {
        let head = space.store.head().unwrap();
        let at = format!("{day}T10:00:00Z").parse().unwrap();
        space.store.apply(&naming(1, &format!("Ada {day}")), head, &ada(), at).unwrap();
    }
    let since = Some("2026-03-01T00:00:00Z".parse().unwrap());
    let found = space.store.log(&Query { since, ..Query::default() }).unwrap();
    let found: Vec<String> = found.iter().map(|it| it.time.strftime("%F").to_string()).collect();
    assert_eq!(found, ["2026-03-04", "2026-03-02"]);
}

/// A clone of another kind of repository is refused in words.
#[test]
fn a_sparse_checkout_is_not_an_edit() {
    let space = Fixture::new();
    if !try_git(space.path(), &["sparse-checkout", "set", "members"]).status.success() {
        return; // an older git
    }
    assert!(!space.path().join("tiers/standard.json").exists());
    assert_eq!(space.open().unsaved_files().unwrap(), []);
}
