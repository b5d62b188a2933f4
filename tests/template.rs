//! The space laid down by `data-template/` has no findings.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    mem::discriminant,
    path::{Path, PathBuf},
};

use space::{
    domain::{
        check,
        model::{Record, RecordPath},
    },
    store::json,
};

#[test]
fn nothing_is_wrong_with_it_with_or_without_examples() {
    for examples in [true, false] {
        let wanted = records().into_iter().filter(|(path, ..)| examples || !is_example(path));
        let all = wanted.map(|(_, record_path, record)| (record_path, record)).collect();
        assert_eq!(check::all(&all), [], "examples: {examples}");
    }
}

#[test]
fn its_bytes_are_canonical() {
    for (path, _, record) in records() {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        assert_eq!(text, String::from_utf8(json::canonical(&record)).unwrap(), "{path}");
    }
}

#[test]
fn every_kind_of_record_is_shown() {
    let mut kinds = Vec::new();
    for (_, _, record) in records() {
        let kind = discriminant(&record);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    assert_eq!(kinds.len(), 17);
}

#[test]
fn a_fresh_space_has_no_members_and_holds_nothing_unlocked() {
    for (path, record_path, record) in records().into_iter().filter(|(path, ..)| !is_example(path))
    {
        assert_eq!(record_path.member(), None, "{path}");
        assert!(!matches!(record, Record::Requirement(it) if it.priority < 0), "{path}");
    }
}

/// What `space init` leaves out unless examples are wanted.
fn is_example(path: &str) -> bool {
    let folders = ["members/", "templates/", "unmatched/"];
    folders.iter().any(|folder| path.starts_with(folder)) || path.contains("/example-")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template")
}

fn records() -> Vec<(String, RecordPath, Record)> {
    let (mut found, mut open) = (Vec::new(), vec![root()]);
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let path = next.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        if let Some(record_path) = RecordPath::of(&path).unwrap() {
            let record = json::strict(&record_path, &fs::read(&next).unwrap()).unwrap();
            found.push((path, record_path, record));
        }
    }
    found
}
