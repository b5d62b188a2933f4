//! The journal, compared with the floor and with a database: how many durable activities per
//! second, and how many bytes and flushes reach the disk for each.
//!
//! What is compared is measured alternately within one run, so a noisy machine affects both.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use space::{
    domain::model::{AccessResult, Activity, CommitId, CredentialType, Reason},
    store::journal::Journal,
};

#[cfg(target_os = "linux")]
#[path = "../../tests/power_cut/disk.rs"]
mod disk;

/// Far longer than a write takes.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journal");
    sustained(&dir);
    one_step(&dir);
    fs::remove_dir_all(&dir).unwrap();
    #[cfg(target_os = "linux")]
    match disk::Disk::new() {
        Ok(disk) => on_the_disk(&disk),
        Err(why) => println!("bytes and flushes: skipped, no disk can be mounted here ({why})"),
    }
}

/// A typical activity: somebody comes in with a fob.
fn activity(number: i64) -> Activity {
    let begin: Timestamp = "2026-01-05T18:00:00Z".parse().unwrap();
    let time = begin + SignedDuration::from_millis(number);
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

fn open(folder: &Path) -> Journal {
    Journal::open(folder, "door", |words| panic!("{words}")).unwrap()
}

fn plain(path: &Path) -> File {
    OpenOptions::new().append(true).create(true).open(path).unwrap()
}

fn line(number: i64) -> Vec<u8> {
    let mut line = serde_json::to_vec(&activity(number)).unwrap();
    line.push(b'\n');
    line
}

/// Activities per second, all of them on the disk at the end, each waited for until it is written.
fn sustained(dir: &Path) {
    const ROUNDS: usize = 9;
    const BARE: i64 = 200;
    const OURS: i64 = 4_000;
    fs::create_dir_all(dir).unwrap();
    let (mut bare, mut ours, mut single) = (Vec::new(), Vec::new(), Vec::new());
    let mut file = plain(&dir.join("bare.jsonl"));
    let journal = open(&dir.join("ours"));
    for _ in 0..ROUNDS {
        bare.push(rate(BARE, || {
            for number in 0..BARE {
                file.write_all(&line(number)).unwrap();
                file.sync_data().unwrap();
            }
        }));
        ours.push(rate(OURS, || {
            for number in 0..OURS {
                journal.append(activity(number));
                assert!(journal.wait_until_written(PATIENCE));
            }
            journal.flush();
        }));
        single.push(rate(BARE, || {
            for number in 0..BARE {
                journal.append(activity(number));
                journal.flush();
            }
        }));
    }
    let (bare, ours, single) = (median(bare), median(ours), median(single));
    println!("durable activities a second, median of {ROUNDS}:");
    println!("  a loop of append + fdatasync         {bare:>8.0}");
    println!("  the journal, each waited for on disk {single:>8.0}  ({:.2} times)", single / bare);
    println!("  the journal, sustained               {ours:>8.0}  ({:.2} times)", ours / bare);
}

fn rate(count: i64, work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    count as f64 / begun.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// How long a door waits until an activity is written, while the disk is being flushed.
fn one_step(dir: &Path) {
    let journal = open(&dir.join("ours"));
    let mut waits: Vec<_> = (0..20_000)
        .map(|number| {
            let begun = Instant::now();
            journal.append(activity(number));
            assert!(journal.wait_until_written(PATIENCE));
            begun.elapsed()
        })
        .collect();
    waits.sort();
    let at = |share: usize| waits[waits.len() * share / 1000];
    println!(
        "from append to written, under load: median {:.1?}, 99 of 100 {:.1?}, worst {:.1?}",
        at(500),
        at(990),
        waits[waits.len() - 1]
    );
}

#[cfg(target_os = "linux")]
fn on_the_disk(disk: &disk::Disk) {
    let root = disk.path();
    let journal = open(&root.join("journal"));
    let mut bare = plain(&root.join("bare.jsonl"));
    let database = Connection::open(root.join("sqlite")).unwrap();
    database
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE activity (id INTEGER PRIMARY KEY, line TEXT NOT NULL);",
        )
        .unwrap();
    let store = |numbers: &[i64]| {
        database.execute_batch("BEGIN").unwrap();
        for number in numbers {
            let text = String::from_utf8(line(*number)).unwrap();
            database.execute("INSERT INTO activity (line) VALUES (?1)", [text]).unwrap();
        }
        database.execute_batch("COMMIT").unwrap();
    };
    println!("bytes and flushes on the disk for each durable activity (ext4):");
    for (what, at_once, rounds) in [("one at a time", 1, 600), ("32 queued", 32, 60)] {
        let numbers: Vec<i64> = (0..at_once).collect();
        let ours = || {
            numbers.iter().for_each(|number| journal.append(activity(*number)));
            journal.flush();
        };
        let mut append = || {
            numbers.iter().for_each(|number| bare.write_all(&line(*number)).unwrap());
            bare.sync_data().unwrap();
        };
        let mut insert = || store(&numbers);
        let works: [(&str, &mut dyn FnMut()); 3] = [
            ("the journal", &mut { ours }),
            ("append + fdatasync", &mut append),
            ("SQLite, WAL, FULL", &mut insert),
        ];
        for (name, work) in works {
            work();
            rustix::fs::syncfs(File::open(&root).unwrap()).unwrap();
            let before = disk.traffic();
            (0..rounds).for_each(|_| work());
            let after = disk.traffic();
            let count = (rounds * at_once) as f64;
            println!(
                "  {what:<13}  {name:<18}  {:>7.0} bytes  {:.2} flushes",
                (after.bytes - before.bytes) as f64 / count,
                (after.flushes - before.flushes) as f64 / count
            );
        }
    }
}
