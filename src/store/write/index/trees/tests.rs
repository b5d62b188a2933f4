//! After any changes, the index knows the trees of HEAD, and git agrees.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use jiff::Timestamp;
use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};

use super::*;
use crate::store::write::index::file::IndexFile;
use crate::{
    domain::model::{Change, Contact, MemberId, Record, RecordPath},
    store::{Author, Durability, InitOptions, Store},
};

fn git(dir: &Path, args: &[&str]) -> String {
    let done = Command::new("git").args(args).current_dir(dir).output().unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn space(dir: &Path) -> (Store, Author, Timestamp) {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = [
        file(
            "space.json",
            r#"{"name": "S", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("tiers/standard.json", r#"{"name": "Standard", "price": null}"#),
    ];
    let who = Author { name: "Ada".into(), email: "ada@example.org".into() };
    let now = "2026-01-05T18:00:00Z".parse().unwrap();
    let mut store = Store::init(dir, &files, &who, &InitOptions::default(), now).unwrap();
    store.set_durability(Durability::Rehearsal);
    (store, who, now)
}

/// Members are added, with contact data or without, or removed; each at most once in a change.
fn change(steps: &BTreeMap<u64, u8>, before: &Store) -> Change {
    let head = before.read(before.head().unwrap()).unwrap();
    let mut change = Change::new("a change", "test");
    for (number, how) in steps {
        let id = MemberId::new(*number).unwrap();
        let there = |record_path: &RecordPath| head.bytes(record_path).is_some();
        let (record_path, contact) = (RecordPath::Member(id), RecordPath::Contact(id));
        if *how == 0 {
            for record_path in [record_path, contact].into_iter().filter(there) {
                change = change.remove(record_path);
            }
            continue;
        }
        let (_, record) = member(id, *how);
        change = change.put(record_path, record);
        if *how > 1 {
            let email = Some(format!("{how}@example.org"));
            change = change.put(contact, Record::Contact(Contact { email, ..Contact::default() }));
        }
    }
    change
}

fn member(id: MemberId, how: u8) -> (RecordPath, Record) {
    let text = format!(r#"{{"name": "Member {how}", "tier": "standard", "joined": "2020-01-01"}}"#);
    let record_path = RecordPath::Member(id);
    let record = crate::store::json::strict(&record_path, text.as_bytes()).unwrap();
    (record_path, record)
}

/// Returns the known tree of each folder, by path.
fn known(extension: &[u8]) -> BTreeMap<String, Oid> {
    fn note(folder: &Folder<'_>, above: &str, all: &mut BTreeMap<String, Oid>) {
        let name = std::str::from_utf8(folder.name).unwrap();
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        folder.inner.iter().for_each(|it| note(it, &path, all));
        all.extend(folder.known.map(|(_, tree)| (path, tree)));
    }
    let mut all = BTreeMap::new();
    note(&Folder::read(extension).unwrap(), "", &mut all);
    all
}

/// Compares the trees known to the index with those of HEAD; returns how many are known.
fn compare(store: &Store) -> usize {
    let root = store.workdir().unwrap();
    let bytes = fs::read(root.join(".git/index")).unwrap();
    let file = IndexFile::parse(bytes).unwrap();
    let known = known(file.extension(b"TREE").unwrap());
    for (path, id) in &known {
        assert_eq!(git(root, &["rev-parse", &format!("HEAD:{path}")]), format!("{id}\n"), "{path}");
    }
    assert_eq!(git(root, &["status", "--porcelain"]), "");
    assert_eq!(git(root, &["write-tree"]), git(root, &["rev-parse", "HEAD^{tree}"]));
    known.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn known_trees_are_right_and_stay_known(
        rounds in vec(
            btree_map(select(&[1_u64, 2, 101, 102, 10_200][..]), 0_u8..4, 1..4),
            1..5,
        ),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let (store, who, now) = space(dir.path());
        let folders = || {
            let all = git(dir.path(), &["ls-tree", "-rd", "--name-only", "HEAD"]);
            all.lines().count() + 1
        };
        prop_assert_eq!(compare(&store), folders());
        for steps in rounds {
            store.apply(&change(&steps, &store), store.head().unwrap(), &who, now).unwrap();
            prop_assert_eq!(compare(&store), folders());
        }
        git(dir.path(), &["fsck", "--full", "--strict"]);
    }
}

#[test]
fn somebodys_staged_edit_never_counts_as_known() {
    let dir = tempfile::tempdir().unwrap();
    let (store, who, now) = space(dir.path());
    store
        .apply(&change(&[(1, 2), (2, 2)].into(), &store), store.head().unwrap(), &who, now)
        .unwrap();
    let contact = dir.path().join("members/00/0001/contact.json");
    fs::write(&contact, "{\n  \"email\": \"other@example.org\"\n}\n").unwrap();
    git(dir.path(), &["add", "members/00/0001/contact.json"]);
    store
        .apply(&change(&[(2, 3), (101, 1)].into(), &store), store.head().unwrap(), &who, now)
        .unwrap();
    let bytes = fs::read(dir.path().join(".git/index")).unwrap();
    let file = IndexFile::parse(bytes).unwrap();
    let known = known(file.extension(b"TREE").unwrap());
    let known = |path: &str| known.contains_key(path);
    assert!(!known("") && !known("members") && !known("members/00") && !known("members/00/0001"));
    assert!(known("tiers"));
    assert!(known("members/00/0002"));
    assert_eq!(git(dir.path(), &["status", "--porcelain"]), "M  members/00/0001/contact.json\n");
    git(dir.path(), &["commit", "-qm", "theirs"]);
    assert!(compare(&store) > 4);
}
