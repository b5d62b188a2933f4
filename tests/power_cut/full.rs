//! A full disk is reported, and loses nothing.

use std::{fs, io::Write as _, path::Path};

use space::store::{InitOptions, Store};

use crate::support::{ada, files, git, member, naming, now};

/// Fills the rest of a disk, except for the given number of bytes.
pub(crate) fn fill(filler: &Path, but: u64) {
    let mut file = fs::File::create(filler).unwrap();
    let block = vec![7; 1 << 16];
    while file.write_all(&block).is_ok() {}
    while file.write_all(&block[..512]).is_ok() {}
    let _ = file.sync_all(); // a full disk may report it here
    let full = file.metadata().unwrap().len();
    file.set_len(full.saturating_sub(but)).unwrap();
    file.sync_all().unwrap();
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    run_full(false, 1, 4_096);
}

/// This many are written as one pack.
#[test]
fn a_full_disk_loses_nothing_of_a_large_change() {
    run_full(true, MANY, 4_096);
}

/// And with this many files, every core writes some.
#[test]
fn a_full_disk_loses_nothing_of_many_files() {
    run_full(false, MANY, 196_608);
}

const MANY: u64 = 600;

/// Changes this many members at once, repeatedly, with a little more room each time.
fn run_full(bare: bool, members: u64, step: u64) {
    let Some(disk) = crate::disk() else { return };
    let (root, filler) = (disk.path().join("space"), disk.path().join("filler"));
    let options = InitOptions { bare, ..InitOptions::default() };
    let store = Store::init(&root, &files(), &ada(), &options, now()).unwrap();
    let (mut refused, mut made) = (0, 0);
    for room in 0..24 {
        let before = store.head().unwrap();
        let change = (2..=members).fold(naming(1, &format!("Ada {room}")), |change, number| {
            let (place, record) = member(number, &format!("Ada {room}"));
            change.put(place, record)
        });
        fill(&filler, room * step);
        let result = store.apply(&change, store.head().unwrap(), &ada(), now());
        git(&root, &["fsck", "--full", "--strict"]);
        let newest = store.head().unwrap();
        match result {
            Ok(applied) => {
                assert_eq!(newest, applied.commit);
                made += 1;
            }
            Err(error) => {
                let hint = error.hint().as_ref().map(space::cli::advice::words).unwrap_or_default();
                let stands = error.kind() == space::store::ErrorKind::Committed;
                assert!(hint.contains("disk is full") || stands, "{error} ({hint})");
                assert_eq!(newest != before, stands, "{error}");
                refused += 1;
            }
        }
        fs::remove_file(&filler).unwrap();
        let after = naming(2, &format!("Grace {room}"));
        store.apply(&after, store.head().unwrap(), &ada(), now()).unwrap();
        if !bare {
            let status = git(&root, &["status", "--porcelain", "--untracked-files=all"]);
            assert_eq!(status, "", "{room}");
        }
    }
    assert!(refused > 0 && made > 0, "{refused} refused, {made} made");
}
