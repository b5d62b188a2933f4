//! Old months, compressed: they stay readable, appear once, and are left alone while in use.

use std::{fs, path::Path};

use jiff::{Timestamp, civil::date};
use space::{
    domain::model::Activity,
    store::journal::{
        Filter, Tail,
        compress::{Compressed, before, compress},
        last_unknown,
    },
};

use crate::{
    journal::{activity, all, file, open},
    support::{at, slug},
};

fn write(dir: &Path, times: &[Timestamp]) -> Vec<Activity> {
    let journal = open(dir, "door");
    let written: Vec<_> = times.iter().map(|time| activity(*time, Some("7"))).collect();
    written.iter().for_each(|it| journal.append(it.clone()));
    written
}

fn compressed(path: &Path) -> bool {
    matches!(compress(path).unwrap(), Compressed::Done(bytes) if bytes > 0)
}

#[test]
fn a_compressed_month_is_read_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let february = "2026-02-01T00:00:00Z".parse().unwrap();
    let written = write(dir.path(), &[at(0), at(1), february]);
    let mut tail = Tail::new(dir.path(), Filter::default());
    assert_eq!(tail.poll().unwrap().0, written);
    let old = before(dir.path(), date(2026, 2, 1)).unwrap();
    assert_eq!(old.iter().map(|it| it.path.clone()).collect::<Vec<_>>(), [file(dir.path())]);
    assert!(compressed(&file(dir.path())));
    assert!(!file(dir.path()).exists());
    assert_eq!(all(dir.path()), written);
    assert_eq!(tail.poll().unwrap(), (vec![], vec![]), "whoever follows has seen it");
    fs::remove_file(dir.path().join("door-2026-02.jsonl")).unwrap();
    let found = last_unknown(dir.path(), &slug("frontdoor")).unwrap().unwrap();
    assert_eq!(found.time, at(1));
}

#[test]
fn a_month_in_both_forms_is_read_once() {
    let dir = tempfile::tempdir().unwrap();
    let written = write(dir.path(), &[at(0), at(1)]);
    let plain = fs::read(file(dir.path())).unwrap();
    assert!(compressed(&file(dir.path())));
    fs::write(file(dir.path()), plain).unwrap(); // as if a crash had prevented its removal
    assert_eq!(all(dir.path()), written);
    // The clock was set back: nothing is written into either of the files.
    write(dir.path(), &[at(2)]);
    assert!(dir.path().join("door-2-2026-01.jsonl").exists());
    assert!(compressed(&file(dir.path())), "and again from the start");
    write(dir.path(), &[at(3)]);
    let times: Vec<_> = all(dir.path()).iter().map(|it| it.time).collect();
    assert_eq!(times, [at(0), at(1), at(2), at(3)]);
}

#[test]
fn a_month_in_use_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(dir.path(), "door");
    journal.append(activity(at(0), None));
    journal.flush();
    assert_eq!(compress(&file(dir.path())).unwrap(), Compressed::InUse);
    drop(journal);
    assert_eq!(all(dir.path()).len(), 1);
    assert!(compressed(&file(dir.path())));
}

#[test]
fn a_damaged_month_is_read_as_far_as_it_goes() {
    let dir = tempfile::tempdir().unwrap();
    let times: Vec<_> = (0..500).map(at).collect();
    write(dir.path(), &times);
    assert!(compressed(&file(dir.path())));
    let packed = dir.path().join("door-2026-01.jsonl.gz");
    let bytes = fs::read(&packed).unwrap();
    fs::write(&packed, &bytes[..bytes.len() - 20]).unwrap();
    let (found, findings) = Tail::new(dir.path(), Filter::default()).all().unwrap();
    assert!(!found.is_empty() && found.len() <= 500, "{}", found.len());
    assert_eq!(findings[0].code.as_str(), "damaged-month");
}
