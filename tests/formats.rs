//! Data outlives the program: repositories of every format stay readable for ever, and those of a
//! newer format than this program knows as far as that lets nobody in.
//!
//! `tests/formats/<n>/` contains the files of a repository as programs of that format wrote them.
//! They are never changed once a program of that format was released.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "formats/newer.rs"]
mod newer;
#[path = "formats/repository.rs"]
mod repository;
#[path = "formats/schemas.rs"]
mod schemas;

use std::collections::BTreeSet;

use repository::{ADA, GRACE, Repository, decision, files, index};
use space::{
    app::check,
    domain::model::{Code, FORMAT, RecordPath},
    store::json,
};

#[test]
fn there_is_a_repository_of_every_format() {
    for format in 1..=FORMAT {
        let space = &files(format)["space.json"];
        let settings: serde_json::Value = serde_json::from_slice(space).unwrap();
        assert_eq!(settings["format"], format);
    }
    assert!(!std::path::Path::new(&repository::folder(FORMAT + 1)).exists());
}

#[test]
fn it_has_every_kind_of_record() {
    for format in 1..=FORMAT {
        let files = files(format);
        let paths = files.keys().map(|path| RecordPath::of(path).unwrap().unwrap());
        let kinds: BTreeSet<_> = paths
            .map(|record_path| format!("{:?}", std::mem::discriminant(&record_path)))
            .collect();
        assert_eq!(kinds.len(), RecordPath::PATTERNS.len(), "format {format}");
    }
}

#[test]
fn records_of_this_format_are_canonical() {
    for (path, bytes) in files(FORMAT) {
        let record = json::strict(&RecordPath::of(&path).unwrap().unwrap(), &bytes).unwrap();
        assert_eq!(String::from_utf8(bytes), String::from_utf8(json::canonical(&record)), "{path}");
    }
}

#[test]
fn nothing_is_found_in_any_of_them() {
    for format in 1..=FORMAT {
        let repository = Repository::new();
        repository.commit(&files(format));
        let store = repository.store();
        let revision = store.read(store.head().unwrap()).unwrap();
        assert_eq!(check::all(&revision), [], "format {format}");
        assert_eq!(revision.format(), format);
    }
}

#[test]
fn what_they_decide_stays_the_same() {
    let ada = Code::fob(ADA).unwrap();
    let grace = Code::passcode(GRACE).unwrap();
    let nobody = Code::fob("1").unwrap();
    let cases = [
        (&ada, "frontdoor", "2026-01-20T12:00:00Z", "granted"),
        (&ada, "laser", "2026-01-20T12:00:00Z", "granted"),
        (&ada, "workshop", "2026-01-20T12:00:00Z", "denied wrong-facility"),
        (&ada, "frontdoor", "2026-02-18T12:00:00Z", "granted"),
        (&ada, "frontdoor", "2026-02-19T12:00:00Z", "denied dues-lapsed"),
        (&grace, "frontdoor", "2026-01-09T12:00:00Z", "granted"),
        (&grace, "frontdoor", "2026-01-20T12:00:00Z", "denied suspended"),
        (&nobody, "frontdoor", "2026-01-20T12:00:00Z", "denied unknown-credential"),
    ];
    for format in 1..=FORMAT {
        let repository = Repository::new();
        repository.commit(&files(format));
        for (code, facility, at, expected) in cases {
            let now = at.parse().unwrap();
            let (index, findings) = index(&repository, now).unwrap();
            assert_eq!(findings, [], "format {format}");
            assert_eq!(decision(&index, code, facility, now), expected, "{facility} {at}");
        }
    }
}
