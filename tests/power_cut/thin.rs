//! A disk that accepts writes and loses them: the journal writes them again.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::Command,
};

use rustix::fs::Advice;
use tempfile::TempDir;

use crate::{
    disk::Disk,
    journal::{PATIENCE, activity, open, seconds},
};

/// A file system in memory with little room, for the blocks of a disk that claims to have more.
struct Room(TempDir);

impl Room {
    fn new() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=24m", "room"]).arg(dir.path());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(dir))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// Makes the system drop its cached pages of a file, except those still to be written.
fn forget(path: &Path) {
    rustix::fs::fadvise(File::open(path).unwrap(), 0, None, Advice::DontNeed).unwrap();
}

#[test]
fn data_lost_by_a_failed_flush_is_written_again() {
    // Whether the system has dropped the lost pages or still shows them for a while.
    [true, false].into_iter().for_each(lose);
}

fn lose(forgotten: bool) {
    let Some(_) = crate::disk() else { return };
    let Some(room) = Room::new() else {
        return crate::part::skipped("no file system in memory can be mounted here");
    };
    let disk = Disk::thin(room.0.path()).unwrap();
    let (folder, filler) = (disk.path().join("journal"), room.0.path().join("filler"));
    let file = folder.join("door-2026-01.jsonl");
    let (journal, complaints) = open(&folder);
    journal.append(activity(0));
    journal.flush();
    let mut full = File::create(&filler).unwrap();
    while full.write_all(&[7; 4096]).is_ok() {}
    drop(full);
    for second in 1..1_000 {
        journal.append(activity(second));
    }
    assert!(journal.wait_until_written(PATIENCE), "into memory it can be written");
    journal.flush();
    let message = complaints.recv_timeout(PATIENCE).unwrap();
    assert!(message.contains("cannot be written"), "{message}");
    let state = journal.state();
    assert!(state.unflushed > 0 && state.trouble.is_some(), "{state:?}");
    if forgotten {
        forget(&file);
    }
    fs::remove_file(&filler).unwrap();
    journal.append(activity(1_000));
    journal.flush();
    let message = complaints.recv_timeout(PATIENCE).unwrap();
    assert!(message.contains("nothing was lost"), "{message}");
    let state = journal.state();
    assert_eq!((state.pending, state.unflushed, state.trouble), (0, 0, None));
    drop(journal);
    forget(&file);
    assert_eq!(seconds(&folder), ((0..=1_000).collect(), 0), "forgotten: {forgotten}");
}
