//! Power cuts at any moment of a change, and up to ten seconds after one.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use space::{
    domain::model::{Record, RecordPath},
    store::{Durability, InitOptions, Store},
};

use crate::{
    disk::Disk,
    support::{ada, files, git, id, naming, now, try_git},
    worker::{MEMBERS, Worker},
};

/// How many milliseconds after stopping the child the disk is copied. ext4 writes its journal
/// every five seconds by itself, and unflushed data after thirty.
const AFTER: [u64; 9] = [0, 20, 150, 600, 1_500, 3_000, 5_200, 7_000, 10_000];

/// How many spaces are tested at once.
const LANES: usize = 3;

fn trials() -> usize {
    let wanted = std::env::var("SPACE_POWER_CUTS").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(54)
}

#[test]
fn what_was_acknowledged_survives() {
    if crate::disk().is_none() {
        return;
    }
    let rounds = trials().div_ceil(AFTER.len() * LANES).max(1);
    let lanes: Vec<_> =
        (0..LANES).map(|lane| thread::spawn(move || run(lane, rounds, Durability::Full))).collect();
    let outcomes: Vec<_> = lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect();
    let failed: Vec<_> = outcomes.iter().filter_map(|it| it.as_ref().err()).collect();
    eprintln!("{} power cuts, {} with losses", outcomes.len(), failed.len());
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn without_a_flush_the_trials_show_losses() {
    if crate::disk().is_none() {
        return;
    }
    let outcomes = run(7, 1, Durability::Rehearsal);
    let lost = outcomes.iter().filter(|it| it.is_err()).count();
    eprintln!("{} power cuts without a flush, {lost} with losses", outcomes.len());
    assert!(lost > 0, "these trials would not notice a loss");
}

/// git flushes no object's file: one that `git add` or a stash left behind may not have reached the disk
/// when a change of ours refers to it.
#[test]
fn what_git_has_written_before_survives_too() {
    if crate::disk().is_none() {
        return;
    }
    let disk = Disk::new().unwrap();
    let root = disk.path().join("space");
    let store = Store::init(&root, &files(), &ada(), &InitOptions::default(), now()).unwrap();
    for round in 0..8 {
        let change = naming(1, &format!("Round {round:08}"));
        let Some(space::domain::model::Edit::Put(record)) = change.edits.values().next() else {
            panic!("it writes a record")
        };
        std::fs::write(root.join("draft"), space::store::json::canonical(record)).unwrap();
        git(&root, &["hash-object", "-w", "draft"]);
        std::fs::remove_file(root.join("draft")).unwrap();
        store.apply(&change, store.head().unwrap(), &ada(), now()).unwrap();
        look_through(&disk.copy(), round).unwrap();
    }
}

/// Works on one space and cuts its power repeatedly.
fn run(lane: usize, rounds: usize, durability: Durability) -> Vec<Result<(), String>> {
    let disk = Disk::new().unwrap();
    let root = disk.path().join("space");
    Store::init(&root, &files(), &ada(), &InitOptions::default(), now()).unwrap();
    let worker = Worker::start(&root, durability);
    let mut outcomes = Vec::new();
    for round in 0..rounds {
        let before = worker.acknowledged();
        worker.wait_for(before + 6);
        // Odd numbers of microseconds, so that the child is caught at different steps.
        pause(Duration::from_micros(1_000 + (lane * 7_919 + round * 3_571) as u64 % 23_000));
        worker.halt();
        let stopped = Instant::now();
        for after in AFTER {
            pause(Duration::from_millis(after).saturating_sub(stopped.elapsed()));
            let acknowledged = worker.acknowledged();
            let copy = disk.copy();
            outcomes.push(look_through(&copy, acknowledged).map_err(|why| {
                format!("lane {lane}, round {round}, {after} ms after the last step: {why}")
            }));
        }
        worker.resume();
    }
    outcomes
}

/// Checks the result of a power cut: nothing damaged, nothing lost, and it still works.
fn look_through(disk: &Disk, acknowledged: u64) -> Result<(), String> {
    let root = disk.path().join("space");
    let fsck = try_git(&root, &["fsck", "--full", "--strict"]);
    if !fsck.status.success() {
        return Err(format!("git fsck: {}", String::from_utf8_lossy(&fsck.stderr)));
    }
    let newest = newest(&root).map_err(|error| error.to_string())?;
    if newest < acknowledged {
        return Err(format!("{acknowledged} was acknowledged, {newest} is there"));
    }
    let store = Store::open(&root).map_err(|error| error.to_string())?;
    let change = naming(1, "Afterwards");
    store
        .apply(&change, store.head().unwrap(), &ada(), now())
        .map_err(|error| error.to_string())?;
    match git(&root, &["status", "--porcelain", "--untracked-files=all"]) {
        clean if clean.is_empty() => Ok(()),
        output => Err(format!("git status afterwards: {output}")),
    }
}

/// Returns the number of the newest change in the records.
fn newest(root: &Path) -> Result<u64, space::store::StoreError> {
    let store = Store::open(root)?;
    let revision = store.read(store.head()?)?;
    let round = |number| match revision.record(&RecordPath::Member(id(number))) {
        Ok(Some(Record::Member(member))) => {
            member.name.strip_prefix("Round ").and_then(|it| it.parse().ok()).unwrap_or(0)
        }
        _ => 0,
    };
    Ok((1..=MEMBERS).map(round).max().unwrap_or(0))
}

/// Lets real time pass: what is tested here happens in the kernel's time.
#[expect(clippy::disallowed_methods, reason = "the kernel writes when its time has come")]
fn pause(time: Duration) {
    thread::sleep(time);
}
