//! Compares with libgit2, which reads what is written here, and writes what is read.

use std::{collections::BTreeMap, fs, path::Path};

use git2::{Index, IndexEntry, IndexTime, Repository};
use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

/// So few that one contains another, or is its prefix.
const PATHS: [&str; 12] = [
    "a",
    "a-b",
    "a/b",
    "a/b/c",
    "a/bc",
    "b",
    "members/00/0001/member.json",
    "members/00/0001",
    "members/00/0002/member.json",
    "members/01/0100/x",
    "ö/ü",
    "z",
];

fn content(number: u8) -> Oid {
    Oid::from_bytes(&[number; 20]).unwrap()
}

fn stat(number: u8) -> Stat {
    let mut stat = [number; STAT];
    stat[MODE].copy_from_slice(&0o100_644_u32.to_be_bytes());
    stat
}

fn theirs(path: &str, number: u8) -> IndexEntry {
    let same = u32::from_be_bytes([number; 4]);
    let time = IndexTime::new(same.cast_signed(), same);
    IndexEntry {
        ctime: time,
        mtime: time,
        dev: same,
        ino: same,
        mode: 0o100_644,
        uid: same,
        gid: same,
        file_size: same,
        id: content(number),
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

fn listed(index: &Path) -> Vec<(Vec<u8>, u32, i32, u32, Oid, u16)> {
    let index = Index::open(index).unwrap();
    let line = |it: IndexEntry| {
        (it.path, it.file_size, it.mtime.seconds(), it.mode, it.id, it.flags >> 12 & 3)
    };
    index.iter().map(line).collect()
}

type Edits = Vec<(&'static str, Option<u8>)>;

fn edits() -> impl Strategy<Value = Edits> {
    vec((select(&PATHS[..]), proptest::option::weighted(0.7, 1_u8..9)), 0..12)
}

/// The effect of edits: a file replaces files where it needs folders, and a folder of its name.
fn replay(all: &mut BTreeMap<&'static str, u8>, edits: &Edits) {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
    };
    for (path, number) in edits {
        match number {
            Some(number) => {
                all.retain(|other, _| !within(other, path) && !within(path, other));
                all.insert(path, *number);
            }
            None => drop(all.remove(path)),
        }
    }
}

/// An index made by libgit2, with a path in conflict.
fn index(path: &Path, edits: &Edits, conflict: Option<&str>) -> Index {
    let mut index = Index::open(path).unwrap();
    for (path, number) in edits {
        match number {
            Some(number) => index.add(&theirs(path, *number)).unwrap(),
            None => drop(index.remove(Path::new(path), 0)), // it may not exist
        }
    }
    for stage in conflict.into_iter().flat_map(|path| (1..=3).map(move |stage| (path, stage))) {
        let mut entry = theirs(stage.0, 1);
        entry.flags = stage.1 << 12;
        index.add(&entry).unwrap();
    }
    index.write().unwrap();
    index
}

proptest! {
    #[test]
    fn the_same_edits_make_the_same_index(before in edits(), rounds in vec(edits(), 1..3)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("index");
        let mut expected = BTreeMap::new();
        replay(&mut expected, &before);
        index(&path, &expected.iter().map(|(path, it)| (*path, Some(*it))).collect(), None);
        let mut file = IndexFile::parse(fs::read(&path).unwrap()).unwrap();
        for edits in rounds {
            replay(&mut expected, &edits);
            for (path, number) in edits {
                file.set(path.as_bytes(), number.map(|it| (content(it), stat(it))));
            }
            for path in PATHS {
                let staged = expected.get(path).map(|it| content(*it));
                prop_assert_eq!(file.staged(path.as_bytes()), staged);
            }
            let mut bytes = Vec::new();
            file.write(&mut bytes, None).unwrap();
            fs::write(&path, &bytes).unwrap();
            let line = |(path, it): (&&str, &u8)| {
                let same = u32::from_be_bytes([*it; 4]);
                let path = path.as_bytes().to_vec();
                (path, same, same.cast_signed(), 0o100_644, content(*it), 0)
            };
            prop_assert_eq!(listed(&path), expected.iter().map(line).collect::<Vec<_>>());
            prop_assert!(IndexFile::parse(bytes).unwrap().is_sound());
        }
    }

    #[test]
    fn an_invalid_index_is_refused_without_a_panic(
        at in 0_usize..2_000, byte: u8, cut in 0_usize..2_000,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("index");
        let all = PATHS.iter().filter(|it| it.len() > 4).map(|it| (*it, Some(3))).collect();
        index(&path, &all, Some("z"));
        let mut bytes = fs::read(&path).unwrap();
        let whole = bytes.clone();
        if let Some(it) = bytes.get_mut(at) { *it = byte; }
        bytes.truncate(whole.len().saturating_sub(cut / 40));
        let same = bytes == whole;
        let read = IndexFile::parse(bytes).filter(IndexFile::is_sound);
        prop_assert_eq!(read.is_some(), same);
    }
}

#[test]
fn a_path_in_conflict_stays_so_and_extended_entries_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let repo = Repository::init(dir.path()).unwrap();
    let path = repo.path().join("index");
    let all = vec![("a/b", Some(1)), ("b", Some(2)), ("members/01/0100/x", Some(3))];
    let mut made = index(&path, &all, Some("z"));
    let mut entry = theirs("b", 2);
    entry.flags = 0x4000;
    entry.flags_extended = 0x4000; // skip-worktree
    made.add(&entry).unwrap();
    made.write().unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[7], 3, "the version that has such entries");

    let mut file = IndexFile::parse(bytes).unwrap();
    assert!(file.has_conflict(b"z") && !file.has_conflict(b"b") && !file.has_conflict(b"y"));
    assert_eq!(file.staged(b"z"), None);
    file.set(b"z", Some((content(7), stat(7))));
    file.set(b"a", Some((content(8), stat(8))));
    file.mark_doubtful(vec![file.search(b"b", 0)]);
    let mut out = Vec::new();
    file.write(&mut out, None).unwrap();
    fs::write(&path, &out).unwrap();
    let lines = listed(&path);
    let short: Vec<_> = lines.iter().map(|it| (&it.0[..], it.1 == 0, it.5)).collect();
    let expected: [(&[u8], bool, u16); 6] = [
        (b"a", false, 0),
        (b"b", true, 0),
        (b"members/01/0100/x", false, 0),
        (b"z", false, 1),
        (b"z", false, 2),
        (b"z", false, 3),
    ];
    assert_eq!(short, expected);
    let again = IndexFile::parse(out).unwrap();
    assert!(again.entry(1).is_special() && !again.entry(0).is_special());
}

#[test]
fn an_index_without_a_hash_is_written_without_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    index(&path, &vec![("a", Some(1))], None);
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len() - HASH;
    bytes[end..].fill(0);
    let mut file = IndexFile::parse(bytes).unwrap();
    assert!(file.is_sound());
    file.set(b"b", Some((content(2), stat(2))));
    let mut out = Vec::new();
    file.write(&mut out, None).unwrap();
    assert_eq!(out[out.len() - HASH..], [0; HASH]);
    fs::write(&path, out).unwrap();
    assert_eq!(listed(&path).len(), 2);
}

#[test]
fn long_paths_and_mandatory_extensions() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    let long = format!("a/{}", "x".repeat(5_000));
    let mut made = Index::open(&path).unwrap();
    for name in [&long, "b"] {
        made.add(&theirs(name, 4)).unwrap();
    }
    made.write().unwrap();
    let bytes = fs::read(&path).unwrap();
    let mut file = IndexFile::parse(bytes.clone()).unwrap();
    assert_eq!(file.staged(long.as_bytes()), Some(content(4)));
    file.set(long.as_bytes(), Some((content(5), stat(5))));
    let mut out = Vec::new();
    file.write(&mut out, None).unwrap();
    fs::write(&path, out).unwrap();
    assert_eq!(listed(&path)[0].4, content(5));

    let with = |name: &[u8; 4]| {
        let mut bytes = bytes.clone();
        bytes.truncate(bytes.len() - HASH);
        bytes.extend([&name[..], &3_u32.to_be_bytes(), b"abc", &[0; HASH]].concat());
        IndexFile::parse(bytes)
    };
    assert!(with(b"link").is_none());
    assert_eq!(with(b"UNTR").unwrap().extension(b"UNTR"), Some(&b"abc"[..]));
}
