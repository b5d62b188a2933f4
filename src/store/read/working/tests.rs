//! Compares with reading every file: the differences are the same, whatever was done to the files.

use std::{fs, path::Path, process::Command};

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::store::{Author, Durability, InitOptions, Store};

fn git(dir: &Path, args: &[&str]) -> String {
    let done = Command::new("git").args(args).current_dir(dir).output().unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn space(dir: &Path) -> Store {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let member = r#"{"name": "Ada", "tier": "standard", "joined": "2020-01-01"}"#;
    let files = [
        file(
            "space.json",
            r#"{"name": "S", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("tiers/standard.json", r#"{"name": "Standard", "price": null}"#),
        file("members/00/0001/member.json", member),
        file("members/00/0002/member.json", member),
        file("members/01/0100/member.json", member),
        file("README.md", "Read me"),
    ];
    let who = Author { name: "Ada".into(), email: "ada@example.org".into() };
    let now = "2026-01-05T18:00:00Z".parse().unwrap();
    let mut store = Store::init(dir, &files, &who, &InitOptions::default(), now).unwrap();
    store.set_durability(Durability::Rehearsal);
    store
}

/// What reading and hashing every file finds.
fn by_reading(store: &Store) -> Vec<Changed> {
    let draft = store.unsaved().unwrap();
    let mut changes = draft.read().unwrap().changes_since(store.head().unwrap()).unwrap();
    changes.retain(|changed| !changed.path.starts_with('.') && changed.path != "docs");
    // What a folder contains in which no records lie is not compared.
    let tree = store.tree_of(store.head().unwrap()).unwrap();
    let is_folder = |path: &str| matches!(store.find(tree, path), Ok(Some((Mode::Folder, _))));
    let stray = |it: &Changed| !record_path::holds(&it.path);
    let there = |it: &Changed| it.new.is_some() && store.workdir().unwrap().join(&it.path).is_dir();
    changes.retain(|it| !(stray(it) && there(it) && is_folder(&it.path)));
    for changed in changes.iter_mut().filter(|it| stray(it) && there(it)) {
        changed.new = Some(Oid::ZERO_SHA1);
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    changes
}

const PATHS: [&str; 11] = [
    "README.md",
    "space.json",
    "members",
    "members/00",
    "members/00/0001/member.json",
    "members/00/0001/credentials/x.json",
    "members/00/0002",
    "members/01/0100/member.json/y",
    "members/01/0100/more/z",
    "docs/w/x.json",
    "tiers/standard.json",
];

#[derive(Clone, Copy, Debug)]
enum Deed {
    Write(&'static str),
    Remove,
    Folder,
    Mode,
    Stage,
    Commit,
    Refresh,
    ForgetIndex,
}

fn deed() -> impl Strategy<Value = (Deed, &'static str)> {
    let deed = prop_oneof![
        select(&["Read me", "read me", "{}", "x"][..]).prop_map(Deed::Write),
        Just(Deed::Remove),
        Just(Deed::Folder),
        Just(Deed::Mode),
        Just(Deed::Stage),
        Just(Deed::Commit),
        Just(Deed::Refresh),
        Just(Deed::ForgetIndex),
    ];
    (deed, select(&PATHS[..]))
}

fn carry_out(root: &Path, deed: Deed, path: &str) {
    let file = root.join(path);
    // Many deeds do not fit what is there, and then nothing happens.
    let _ = match deed {
        Deed::Write(text) => fs::write(&file, text),
        Deed::Remove => fs::remove_file(&file).or_else(|_| fs::remove_dir_all(&file)),
        Deed::Folder => fs::create_dir_all(&file),
        Deed::Mode => Command::new("chmod").arg("+x").arg(&file).output().map(drop),
        Deed::Stage => {
            Command::new("git").args(["add", "-A", path]).current_dir(root).output().map(drop)
        }
        Deed::Commit => Command::new("git")
            .args(["commit", "-q", "--no-verify", "-m", "x"])
            .current_dir(root)
            .output()
            .map(drop),
        Deed::Refresh => Command::new("git").args(["status"]).current_dir(root).output().map(drop),
        Deed::ForgetIndex => fs::remove_file(root.join(".git/index")),
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_same_files_differ_as_by_reading_all(deeds in vec(deed(), 0..8)) {
        let dir = tempfile::tempdir().unwrap();
        let store = space(dir.path());
        for (deed, path) in deeds {
            carry_out(dir.path(), deed, path);
            prop_assert_eq!(store.unsaved_files().unwrap(), by_reading(&store));
        }
    }
}

#[cfg(unix)]
#[test]
fn files_that_match_the_index_are_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let store = space(dir.path());
    assert_eq!(store.unsaved_files().unwrap(), []);
    // An index with other content for a file, written long after the file was changed.
    let (path, file) = (dir.path().join(".git/index"), dir.path().join("README.md"));
    let mut index = IndexFile::parse(fs::read(&path).unwrap()).unwrap();
    let other = Oid::hash_object(ObjectType::Blob, b"what is not there").unwrap();
    let known = index::stat(&fs::symlink_metadata(&file).unwrap());
    index.set(b"README.md", Some((other, known)));
    let mut bytes = Vec::new();
    index.write(&mut bytes, None).unwrap();
    fs::write(&path, bytes).unwrap();
    let written = |at| fs::File::options().write(true).open(&path).unwrap().set_modified(at);
    written(UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000)).unwrap();
    let changes = store.unsaved_files().unwrap();
    assert_eq!(changes.iter().map(|it| it.new).collect::<Vec<_>>(), [Some(other)]);
    // Written at the same moment, the file may have changed after it was recorded: now it is read.
    written(fs::metadata(&file).unwrap().modified().unwrap()).unwrap();
    assert_eq!(store.unsaved_files().unwrap(), []);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    let store = space(dir.path());
    fs::rename(dir.path().join("members/00"), dir.path().join("members/x")).unwrap();
    std::os::unix::fs::symlink("x", dir.path().join("members/00")).unwrap();
    let paths = |all: Vec<Changed>| all.into_iter().map(|it| it.path).collect::<Vec<_>>();
    assert_eq!(paths(store.unsaved_files().unwrap()), paths(by_reading(&store)));
    assert_eq!(
        paths(store.unsaved_files().unwrap()),
        [
            "members/00",
            "members/00/0001/member.json",
            "members/00/0002/member.json",
            "members/x/0001/member.json",
            "members/x/0002/member.json",
        ]
    );
    git(dir.path(), &["status", "--porcelain"]);
}
