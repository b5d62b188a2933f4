//! Each check has a broken example: `tests/check/<case>/` contains files that a change writes over
//! the healthy space in `base/`, `removed.txt` names files that it removes, and `expected.txt` the
//! expected findings. With `BLESS=1` in the environment the test writes the actual findings, to be
//! reviewed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use space::{
    domain::{
        check,
        model::{Change, Finding, FindingCode, Record, RecordPath},
        records::Catalogue,
    },
    store::json,
};

#[test]
fn the_base_of_all_cases_is_healthy() {
    assert_eq!(check::all(&base()), []);
}

#[test]
fn every_broken_example_is_found() {
    for case in cases() {
        let (base, change) = (base(), change(&case));
        let found = check::change(&change, &base);
        let text: String = found.iter().map(|finding| line(finding) + "\n").collect();
        let file = case.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &text).unwrap();
        }
        assert_eq!(text, fs::read_to_string(&file).unwrap_or_default(), "{}", case.display());
        let name = case.file_name().unwrap().to_str().unwrap();
        assert!(found.iter().any(|finding| finding.code.as_str() == name), "{name} is not found");
    }
}

/// The check of a change and a full check of its result use different words, since only the former
/// knows what is removed; but neither accepts what the other refuses.
#[test]
fn a_full_check_agrees() {
    for case in cases() {
        let change = change(&case);
        let mut all = base();
        let changed = check::change(&change, &all);
        all.apply(&change);
        let full = check::all(&all);
        let bad = |findings: &[Finding]| findings.iter().any(Finding::is_error);
        assert_eq!(bad(&changed), bad(&full), "{}: {full:?}", case.display());
        for finding in &full {
            let about =
                change.edits.keys().any(|record_path| record_path.to_string() == finding.path);
            assert!(!about || changed.contains(finding), "{}: {finding}", case.display());
        }
    }
}

#[test]
fn every_check_in_the_source_has_an_example() {
    let cases: BTreeSet<String> =
        cases().iter().map(|case| case.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain/check");
    let mut given = BTreeSet::new();
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("lineage.rs") {
            continue; // about commits, not files; `git/history.rs` tests it
        }
        let text = fs::read_to_string(path).unwrap();
        let checks = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let named = checks.split("FindingCode::").skip(1);
        given.extend(
            named.map(|it| it.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()),
        );
    }
    let listed: BTreeSet<String> =
        FindingCode::CHECKS.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(
        given, listed,
        "the codes in src/domain/check, and those that the enum says it gives"
    );
    let mut codes: BTreeSet<String> =
        FindingCode::CHECKS.iter().map(|code| code.as_str().to_owned()).collect();
    // No file can hold a record of another kind than its path says; `check/mod.rs` tests that.
    assert!(codes.remove("wrong-kind"));
    assert_eq!(codes, cases);
}

fn line(finding: &Finding) -> String {
    let severity = if finding.is_error() { "error" } else { "warning" };
    format!("{severity}: {}", space::cli::advice::finding(finding))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("base"))
        .collect();
    cases.sort();
    cases
}

fn base() -> Catalogue {
    records(&folder().join("base")).into_iter().collect()
}

fn change(case: &Path) -> Change {
    let mut change = Change::new("case", "case");
    for (record_path, record) in records(case) {
        change = change.put(record_path, record);
    }
    let removed = fs::read_to_string(case.join("removed.txt")).unwrap_or_default();
    for path in removed.lines() {
        change = change.remove(RecordPath::of(path).unwrap().unwrap());
    }
    change
}

fn records(folder: &Path) -> Vec<(RecordPath, Record)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let path = next.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        if let Some(record_path) = RecordPath::of(&path).unwrap() {
            let record = json::strict(&record_path, &fs::read(&next).unwrap()).unwrap();
            found.push((record_path, record));
        }
    }
    found
}
