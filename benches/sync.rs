//! The cost of keeping clones together: a sync with nothing new, joining two sides, saying what a change
//! does, deciding activities again, and the drill.
//!
//! What git does alone is measured alternately within the same run.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use space::{
    app::{backup, diff, replay, sync},
    domain::model::{Change, Record},
    integrations::sealed::Passphrase,
    store::{Durability, Store, journal::Filter},
};

#[path = "support/large.rs"]
mod large;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|it| it == name);
    if wanted("nothing") {
        nothing_new(10_000);
    }
    if wanted("join") {
        join(10_000, 100);
    }
    if wanted("diff") {
        differ(10_000, 1_000);
    }
    if wanted("replay") {
        decide_again(1_000, 200_000);
    }
    if wanted("drill") {
        drill(1_000);
    }
}

/// A shared repository, and a clone of it to work in.
fn clones(members: u64, dir: &Path) -> (PathBuf, Store) {
    let shared = dir.join("shared.git");
    fs::create_dir(&shared).unwrap();
    large::copy(&large::space(members), &shared);
    let clone = clone(&shared, &dir.join("one"));
    (shared, clone)
}

fn clone(shared: &Path, to: &Path) -> Store {
    let mut store = Store::clone_to_work(shared.to_str().unwrap(), to, large::now()).unwrap();
    git(to, &["config", "user.name", "Ada"]);
    git(to, &["config", "user.email", "ada@example.org"]);
    store.set_durability(Durability::Rehearsal);
    store.set_key(&large::key()).unwrap();
    store
}

fn git(dir: &Path, args: &[&str]) {
    let done = Command::new("git").args(args).current_dir(dir).status();
    assert!(done.unwrap().success(), "git {args:?}");
}

/// `space sync` with nothing new, beside `git fetch`: at most 1.5 times as long.
fn nothing_new(members: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (_, clone) = clones(members, dir.path());
    let at = dir.path().join("one");
    sync::sync(&clone, sync::Options::default(), large::now()).unwrap();
    let mut times = [const { Vec::new() }; 2];
    for _ in 0..40 {
        times[0].push(timed(|| {
            let store = Store::open(&at).unwrap();
            let done = sync::sync(&store, sync::Options::default(), large::now()).unwrap();
            assert_eq!(done.before, done.commit);
        }));
        times[1].push(timed(|| git(&at, &["fetch", "--quiet"])));
    }
    let [ours, theirs] = times.map(median);
    println!(
        "sync with nothing new, {members} members: {ours:?}, git fetch {theirs:?}, ratio {:.2}",
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

/// Joining two sides that each changed so many records: at most 200 ms beyond git's transfer.
fn join(members: u64, changed: u64) {
    let mut times = Vec::new();
    for _ in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let (_, one) = clones(members, dir.path());
        let two = clone(&dir.path().join("shared.git"), &dir.path().join("two"));
        rename(&one, 1..=changed);
        rename(&two, changed + 1..=2 * changed);
        git(&dir.path().join("one"), &["push", "--quiet"]);
        let tip = two.fetch().unwrap();
        let author = large::author();
        times.push(timed(|| {
            let ours = two.head().unwrap();
            let joined = two.join(ours, tip.commit, &author, large::now()).unwrap();
            assert!(two.adopt(ours, joined.commit, large::now()).unwrap());
        }));
    }
    println!("join two sides of {changed} changed records of {members}: {:?}", median(times));
}

/// What a change does: at most 300 ms.
fn differ(members: u64, changed: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (_, clone) = clones(members, dir.path());
    let before = clone.head().unwrap();
    rename(&clone, 1..=changed);
    let after = clone.head().unwrap();
    let mut times = Vec::new();
    for _ in 0..10 {
        times.push(timed(|| {
            let (old, new) = (clone.read(before).unwrap(), clone.read(after).unwrap());
            let difference = diff::between(&old, &new, large::now()).unwrap();
            assert_eq!(difference.records.len() as u64, changed);
        }));
    }
    println!("diff of {changed} changed members of {members}: {:?}", median(times));
}

/// Deciding activities again: at least 50,000 a second.
fn decide_again(members: u64, activities: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (_, clone) = clones(members, dir.path());
    let commit = clone.head().unwrap();
    let journal = dir.path().join("journal");
    fs::create_dir(&journal).unwrap();
    let mut text = String::new();
    let start = large::now();
    for number in 0..activities {
        let [(path, _), (credential, _)] = large::folder(1 + number % members);
        let (member, tag) = (path.member().unwrap(), credential.to_string());
        let tag = tag.rsplit('/').next().unwrap().trim_end_matches(".json");
        let time = start + jiff::SignedDuration::from_secs(number as i64);
        text.push_str(&format!(
            "{{\"time\":\"{time}\",\"facility\":\"frontdoor\",\"member\":\"{member}\",\
             \"result\":\"granted\",\"reason\":\"priority-suffices\",\"tag\":\"{tag}\",\
             \"type\":\"fob\",\"commit\":\"{commit}\",\"priority\":1,\"required\":1}}\n"
        ));
    }
    fs::write(journal.join("door-2026-01.jsonl"), text).unwrap();
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(timed(|| {
            let done = replay::replay(&clone, &journal, &Filter::default()).unwrap();
            assert_eq!((done.decided, done.different.len()), (activities, 0));
        }));
    }
    let took = median(times);
    let rate = activities as f64 / took.as_secs_f64();
    println!(
        "decide {activities} activities again, {members} members: {took:?}, {rate:.0} a second"
    );
}

/// A backup, and a machine made from it; the drill besides starts a door: at most 10 s.
fn drill(members: u64) {
    let dir = tempfile::tempdir().unwrap();
    let (_, clone) = clones(members, dir.path());
    let passphrase = Passphrase::new("wet paint on the lathe").unwrap();
    let (file, to) = (dir.path().join("backup.tar.age"), dir.path().join("new"));
    let bundle = timed(|| {
        backup::bundle(&clone, &file, &passphrase, &(), large::now()).unwrap();
    });
    let restore = timed(|| {
        let done = backup::restore(&file, &passphrase, Some(&to), &(), large::now()).unwrap();
        assert!(done.verified.is_good());
    });
    println!("back up {members} members: {bundle:?}; make a machine from it: {restore:?}");
}

fn rename(store: &Store, numbers: std::ops::RangeInclusive<u64>) {
    let mut change = Change::new("member: edit", "member.edit");
    for number in numbers {
        let [(path, record), _] = large::folder(number);
        let Record::Member(mut member) = record else { continue };
        member.name = format!("Renamed {number}");
        change = change.put(path, Record::Member(member));
    }
    store.apply(&change, store.head().unwrap(), &large::author(), large::now()).unwrap();
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
