//! The cost of the store, compared with libgit2 alone: committing one member, and loading
//! everything.
//!
//! Everything is measured alternately within one run and printed as ratios of medians.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use git2::{FileMode, ObjectType, Oid, Repository, Signature, Time, build::TreeUpdateBuilder};
use space::{
    domain::model::{Change, Credential, Member, Record, RecordPath},
    store::{Durability, Store, json},
};

#[path = "support/large.rs"]
mod large;
#[path = "support/ledger.rs"]
mod ledger;
#[path = "support/lived_in.rs"]
mod lived_in;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|it| it == name);
    if wanted("apply") {
        [100, 10_000, 100_000].into_iter().for_each(apply);
        [100, 1_000, 10_000].into_iter().for_each(apply_checked_out);
    }
    if wanted("load") {
        load(50_000);
    }
    if wanted("cache") {
        cache(100_000);
    }
}

/// Commits one member at a time: through the store, and with libgit2 alone.
fn apply(members: u64) {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for copy in [&ours, &theirs] {
        large::copy(&large::space(members), copy.path());
    }
    let mut store = Store::open(ours.path()).unwrap();
    store.set_durability(Durability::Rehearsal);
    let bare = Repository::open(theirs.path()).unwrap();
    let mut times = [const { Vec::new() }; 2];
    for round in 0..60 {
        let (record_path, record) = renamed(1 + round * 37 % members, round);
        let bytes = json::canonical(&record);
        let path = record_path.to_string();
        let change = Change::new("member: edit", "member.edit").put(record_path, record);
        times[0].push(timed(|| {
            store.apply(&change, store.head().unwrap(), &large::author(), large::now()).unwrap();
        }));
        times[1].push(timed(|| commit(&bare, &path, &bytes)));
    }
    let [ours, theirs] = times.map(median);
    println!(
        "apply one member of {members}: {ours:?}, libgit2 alone {theirs:?}, ratio {:.2}",
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

/// Commits one member at a time in the usual way: checked out, with git's index, safe from a power
/// cut; compared with `git commit`, which neither checks nor flushes.
fn apply_checked_out(members: u64) {
    let path = lived_in::space(members, lived_in::Layout::Packed);
    let store = Store::open(&path).unwrap();
    let mut times = [const { Vec::new() }; 2];
    for round in 0..20 {
        let number = 1 + round * 37 % members;
        let [(record_path, _), _] = large::folder(number);
        let file = path.join(record_path.to_string());
        let base = store.head().unwrap();
        let former = store.read(base).unwrap().record(&record_path).unwrap().unwrap();
        let change =
            Change::new("member: edit", "member.edit").put(record_path, named(former, round));
        times[0].push(timed(|| {
            store.apply(&change, base, &large::author(), large::now()).unwrap();
        }));
        let text = std::fs::read_to_string(&file).unwrap().replace("Round", "Turn");
        std::fs::write(&file, text).unwrap();
        times[1].push(timed(|| {
            let mut git = std::process::Command::new("git");
            let git = git.args(["commit", "-q", "--no-verify", "-m", "edit"]).arg(&file);
            assert!(git.current_dir(&path).status().unwrap().success(), "git commit");
        }));
    }
    let [ours, theirs] = times.map(median);
    println!(
        "apply one member of {members}, checked out and durable: {ours:?}, git commit {theirs:?}"
    );
}

fn renamed(number: u64, round: u64) -> (RecordPath, Record) {
    let [(record_path, record), _] = large::folder(number);
    (record_path, named(record, round))
}

fn named(mut record: Record, round: u64) -> Record {
    if let Record::Member(member) = &mut record {
        member.name = format!("Round {round}");
    }
    record
}

fn commit(repo: &Repository, path: &str, bytes: &[u8]) {
    let head = repo.head().unwrap().peel_to_commit().unwrap();
    let blob = repo.blob(bytes).unwrap();
    let mut update = TreeUpdateBuilder::new();
    update.upsert(path, blob, FileMode::Blob);
    let tree = update.create_updated(repo, &head.tree().unwrap()).unwrap();
    let tree = repo.find_tree(tree).unwrap();
    let who = Signature::new("Ada", "ada@example.org", &Time::new(1_767_636_000, 0)).unwrap();
    repo.commit(Some("HEAD"), &who, &who, "member: edit", &tree, &[&head]).unwrap();
}

/// Loads all members. For comparison, reads and parses the same records with libgit2 and serde
/// alone, with their ids known in advance; and starting from the commit, so that the trees are read
/// too.
fn load(members: u64) {
    let path = large::space(members);
    let known = records(&path, |_, _| {});
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..7 {
        times[0].push(timed(|| {
            let store = Store::open(&path).unwrap();
            let revision = store.read(store.head().unwrap()).unwrap();
            let (all, findings) = revision.members(|folder| folder);
            assert_eq!((all.len() as u64, findings.len()), (members, 0));
            black_box(all);
        }));
        times[1].push(timed(|| {
            let repo = Repository::open(&path).unwrap();
            let odb = repo.odb().unwrap();
            known.iter().for_each(|(id, kind)| parse(odb.read(*id).unwrap().data(), *kind));
        }));
        times[2].push(timed(|| {
            let repo = Repository::open(&path).unwrap();
            let odb = repo.odb().unwrap();
            records(&path, |id, kind| parse(odb.read(id).unwrap().data(), kind));
        }));
    }
    let [ours, known_ids, from_commit] = times.map(median);
    let ratio = |theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "load {} records: {ours:?}; libgit2 and serde alone, ids known, {known_ids:?}, ratio \
         {:.2}; from the commit {from_commit:?}, ratio {:.2}",
        known.len(),
        ratio(known_ids),
        ratio(from_commit)
    );
}

#[derive(Clone, Copy)]
enum Kind {
    Member,
    Credential,
}

fn parse(bytes: &[u8], kind: Kind) {
    match kind {
        Kind::Member => drop(black_box(serde_json::from_slice::<Member>(bytes).unwrap())),
        Kind::Credential => drop(black_box(serde_json::from_slice::<Credential>(bytes).unwrap())),
    }
}

/// Loads all members from the cache file, like a command does.
fn cache(members: u64) {
    let path = large::space(members);
    let mut times = [const { Vec::new() }; 2];
    for round in 0..10 {
        let store = Store::open(&path).unwrap();
        let revision = store.read(store.head().unwrap()).unwrap();
        times[0].push(timed(|| assert_eq!(revision.roster().len() as u64, members)));
        if round < 3 {
            times[1].push(timed(|| assert_eq!(revision.members(drop).0.len() as u64, members)));
        }
    }
    let [cached, read] = times.map(median);
    println!("all of {members} members: {cached:?} with the cache, {read:?} without");
}

/// Iterates over the records of all members with libgit2.
fn records(path: &Path, mut f: impl FnMut(Oid, Kind)) -> Vec<(Oid, Kind)> {
    let repo = Repository::open(path).unwrap();
    let tree = repo.head().unwrap().peel_to_tree().unwrap();
    let members = tree.get_name("members").unwrap().to_object(&repo).unwrap();
    let mut all = Vec::new();
    let visit = |_: &str, entry: &git2::TreeEntry<'_>| {
        if entry.kind() == Some(ObjectType::Blob) {
            let member = entry.name_bytes() == b"member.json";
            let kind = if member { Kind::Member } else { Kind::Credential };
            f(entry.id(), kind);
            all.push((entry.id(), kind));
        }
        git2::TreeWalkResult::Ok
    };
    members.as_tree().unwrap().walk(git2::TreeWalkMode::PreOrder, visit).unwrap();
    all
}

fn timed(what: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    what();
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
