//! The journal on a small disk: its cost, a full disk, and power cuts.

use std::{
    fs::{self, File},
    path::Path,
    process::Command,
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use jiff::SignedDuration;
use space::{
    domain::model::{AccessResult, Activity, CommitId, CredentialType, Reason},
    store::journal::{Filter, Journal, Tail},
};

use crate::{disk::Disk, full::fill, support::now};

/// Far longer than anything takes; reaching it means that the test has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A typical activity after a number of seconds: somebody comes in with a fob.
pub(crate) fn activity(second: i64) -> Activity {
    let time = now() + SignedDuration::from_secs(second);
    let (result, reason) = (AccessResult::Granted, Reason::PrioritySuffices);
    Activity {
        member: Some("0042".parse().unwrap()),
        tag: Some("4f6ff3b8-19a5-4d05-9d5d-38fd2a2ffb04".parse().unwrap()),
        kind: Some(CredentialType::Fob),
        commit: CommitId::from_bytes([0x5a; 20]),
        priority: Some("1".parse().unwrap()),
        required: Some("1".parse().unwrap()),
        ..Activity::new(time, "frontdoor".parse().unwrap(), result, reason)
    }
}

pub(crate) fn open(folder: &Path) -> (Journal, Receiver<String>) {
    let (complaint, complaints) = mpsc::channel();
    let complain = move |words| drop(complaint.send(words));
    (Journal::open(folder, "door", complain).unwrap(), complaints)
}

/// Returns the seconds of all activities, and the number of torn lines.
pub(crate) fn seconds(folder: &Path) -> (Vec<i64>, usize) {
    let (found, findings) = Tail::new(folder, Filter::default()).all().unwrap();
    let second = |it: &Activity| it.time.as_second() - now().as_second();
    (found.iter().map(second).collect(), findings.len())
}

#[test]
fn a_durable_activity_costs_one_flush_and_little_more_than_a_page() {
    let Some(disk) = crate::disk() else { return };
    let (journal, _complaints) = open(&disk.path().join("journal"));
    let mut next = 0..;
    let mut cost = |rounds: u64, queued: usize| {
        journal.flush();
        rustix::fs::syncfs(File::open(disk.path()).unwrap()).unwrap();
        let before = disk.traffic();
        for _ in 0..rounds {
            next.by_ref().take(queued).for_each(|second| journal.append(activity(second)));
            journal.flush();
        }
        let after = disk.traffic();
        let count = rounds * queued as u64;
        ((after.flushes - before.flushes) * 10 / count, (after.bytes - before.bytes) / count)
    };
    cost(1, 1); // allocates the file
    // More than one step of the tail, so that its share is included.
    let (single, queued) = (cost(400, 1), cost(30, 32));
    eprintln!("one at a time: {single:?}, 32 queued: {queued:?} (flushes times 10, bytes)");
    assert!(single.0 <= 11 && single.1 <= 5_640, "{single:?}");
    assert!(queued.0 <= 1 && queued.1 <= 1_200, "{queued:?}");
}

#[test]
fn on_a_full_disk_the_door_goes_on_and_nothing_is_lost() {
    let Some(disk) = crate::disk() else { return };
    let (folder, filler) = (disk.path().join("journal"), disk.path().join("filler"));
    let (journal, complaints) = open(&folder);
    let (mut next, mut refused, mut written) = (0, 0, 0);
    for room in 0..20 {
        fill(&filler, room * 4_096);
        // More than the rest of the tail.
        for _ in 0..400 {
            journal.append(activity(next));
            next += 1;
        }
        let _ = journal.wait_until_written(PATIENCE); // it may fail for lack of room
        let (seen, torn) = seconds(&folder);
        assert_eq!(torn, 0, "what fits is whole");
        let state = journal.state();
        assert_eq!(seen.len() + state.pending, usize::try_from(next).unwrap());
        if state.pending > 0 {
            refused += 1;
            assert!(state.trouble.unwrap().words.contains("make room"));
            assert!(complaints.recv_timeout(PATIENCE).unwrap().contains("cannot be written"));
        } else {
            written += 1;
        }
        fs::remove_file(&filler).unwrap();
        // Freed space can only be used a little later, once the file system has committed it.
        for _ in 0..1_000 {
            rustix::fs::syncfs(File::open(disk.path()).unwrap()).unwrap();
            journal.flush();
            if journal.state().trouble.is_none() {
                break;
            }
        }
        let state = journal.state();
        assert_eq!((state.pending, state.unflushed, state.trouble), (0, 0, None), "room {room}");
        complaints
            .try_iter()
            .for_each(|message| assert!(message.contains("nothing was lost"), "{message}"));
        assert_eq!(seconds(&folder), ((0..next).collect(), 0), "room {room}");
    }
    assert!(refused > 0 && written > 0, "{refused} refused, {written} written");
}

#[test]
fn on_a_disk_that_became_read_only_it_waits_until_that_is_over() {
    let Some(disk) = crate::disk() else { return };
    let folder = disk.path().join("journal");
    open(&folder).0.append(activity(0));
    let remount = |how: &str| {
        let status = Command::new("mount").args(["-o", how]).arg(disk.path()).status().unwrap();
        assert!(status.success(), "{how}");
    };
    let (journal, complaints) = open(&folder);
    remount("remount,ro");
    let error = Journal::open(&folder, "door", |_| {}).unwrap_err();
    assert!(
        space::cli::advice::words(&error.hint().unwrap()).contains("read-write"),
        "{error}: {:?}",
        error.hint()
    );
    journal.append(activity(1));
    assert!(!journal.wait_until_written(PATIENCE));
    let message = complaints.recv_timeout(PATIENCE).unwrap();
    assert!(message.contains("mount the disk read-write"), "{message}");
    assert_eq!(journal.state().pending, 1);
    remount("remount,rw");
    journal.flush();
    assert!(complaints.recv_timeout(PATIENCE).unwrap().contains("nothing was lost"));
    assert_eq!(seconds(&folder), (vec![0, 1], 0));
}

/// What was reported to be on the disk is in a copy of the disk taken at any moment.
#[test]
fn what_was_flushed_survives_a_power_cut() {
    let Some(disk) = crate::disk() else { return };
    let folder = disk.path().join("journal");
    let (journal, _complaints) = open(&folder);
    let mut next = 0;
    for (trial, burst) in [1, 1, 3, 400, 1, 32, 700, 2].into_iter().enumerate() {
        for _ in 0..burst {
            journal.append(activity(next));
            next += 1;
        }
        journal.flush();
        let acknowledged = next;
        // These are on their way at the moment of the power cut.
        (0..burst).for_each(|more| journal.append(activity(next + more)));
        next += burst;
        cut(&disk, acknowledged, trial);
    }
}

fn cut(disk: &Disk, acknowledged: i64, trial: usize) {
    let copy: Disk = disk.copy();
    let folder = copy.path().join("journal");
    let (seen, _) = seconds(&folder);
    let lost = (0..acknowledged).filter(|second| !seen.contains(second)).count();
    assert_eq!(lost, 0, "trial {trial}, {acknowledged} were on the disk");
    let (journal, complaints) = open(&folder);
    journal.append(activity(i64::from(u32::MAX)));
    drop(journal);
    assert!(complaints.iter().all(|message| message.contains("was cut short")));
    assert_eq!(seconds(&folder).0.len(), seen.len() + 1, "it works on");
}
