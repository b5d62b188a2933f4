//! How long a member waits, from the fob's line at the serial port to the command that switches
//! the relay, with 100,000 credentials; and how soon after its start a door decides.
//!
//! The door runs in this process on a pseudo-terminal; the board's end answers without delay.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, Instant},
};

use board::Board;
use git2::{FileMode, Oid, Repository, build::TreeUpdateBuilder};
use space::{
    config::Config,
    door::{self, Options},
    service::Show,
    store::json,
};

#[path = "support/board.rs"]
mod board;
#[path = "support/large.rs"]
mod large;

const MEMBERS: u64 = 100_000;
const TRIALS: u64 = 2_000;

/// How many records each of the concurrent commits changes, and how often one comes.
const CHANGED: u64 = 1_000;
const EVERY: Duration = Duration::from_millis(100);

/// Set for the child that measures, whose clock is that of the records.
const CHILD: &str = "BOARD_BENCH";

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    if std::env::var_os(CHILD).is_some() {
        return measure();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let now = large::now().to_string();
    let child = child.env(CHILD, "1").env("SPACE_NOW", now).status();
    assert!(child.unwrap().success());
}

fn measure() {
    let dir = tempfile::tempdir().unwrap();
    large::copy(&large::space(MEMBERS), dir.path());
    let commits = commits(dir.path());
    let mut board = Board::new();
    let options = Options {
        config: wiring(&board.path),
        show: Show::Json,
        ..Options::new(dir.path(), space::cli::advice::words)
    };
    // What is on the wire before the driver listens waits there.
    let start = Instant::now();
    std::thread::spawn(move || door::run(options, std::io::sink()));
    board.wait_for(b"o4\r").unwrap();
    board.say(&fob(1, 1));
    board.wait_for(b"c1\r").unwrap();
    println!(
        "start with {MEMBERS} members until the first reading is decided: {:.2} s",
        start.elapsed().as_secs_f64()
    );
    leave(&mut board, 1);
    report("a fob's line → the relay's command", trials(&mut board));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| publish(dir.path(), &commits, &stop));
        report(
            &format!("the same while {CHANGED} records change every {EVERY:?}"),
            trials(&mut board),
        );
        stop.store(true, Relaxed);
    });
}

/// Lets members in one after another; each leaves before the next comes.
fn trials(board: &mut Board) -> Vec<Duration> {
    let mut times = Vec::new();
    for trial in 0..TRIALS {
        let member = 2 + trial * 37 % (MEMBERS - 2);
        board.say(&fob(member, 1));
        let sent = Instant::now();
        times.push(board.wait_for(b"c1\r").unwrap() - sent);
        leave(board, member);
    }
    times
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{what}, {MEMBERS} credentials: p50 {:.3} ms, p99 {:.3} ms, most {:.3} ms ({} trials)",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}

fn fob(member: u64, reader: u8) -> Vec<u8> {
    format!("F{},{reader}\r\n", 1_000_000 + member).into_bytes()
}

fn leave(board: &mut Board, member: u64) {
    board.say(&fob(member, 2));
    board.wait_for(b"o1\r").unwrap();
}

fn wiring(port: &Path) -> Config {
    let text = format!(
        "[devices.board.accx]\nport = \"{}\"\n[doors.frontdoor]\nstrikes = [\"board:1\"]\n\
         entry = [\"board:1\"]\nexit = [\"board:2\"]\nunlock_seconds = 600\n",
        port.display()
    );
    Config::parse(Path::new("door.toml"), &text).unwrap()
}

/// Makes commits that each change some members' names, without moving the branch.
fn commits(path: &Path) -> Vec<Oid> {
    let repo = Repository::open(path).unwrap();
    let mut parent = repo.head().unwrap().peel_to_commit().unwrap();
    let me = git2::Signature::new("Admin", "admin@example.org", &git2::Time::new(0, 0)).unwrap();
    let mut made = vec![parent.id()];
    for round in 0..2 {
        let mut update = TreeUpdateBuilder::new();
        for number in 1..=CHANGED {
            let [(place, mut record), _] = large::folder(number * 97 % MEMBERS + 1);
            if let space::domain::model::Record::Member(member) = &mut record {
                member.name = format!("Round {round}");
            }
            let blob = repo.blob(&json::canonical(&record)).unwrap();
            update.upsert(place.to_string(), blob, FileMode::Blob);
        }
        let tree = update.create_updated(&repo, &parent.tree().unwrap()).unwrap();
        let tree = repo.find_tree(tree).unwrap();
        let id = repo.commit(None, &me, &me, "edit", &tree, &[&parent]).unwrap();
        parent = repo.find_commit(id).unwrap();
        made.push(id);
    }
    made
}

/// Puts the commits into force one after another.
fn publish(path: &Path, commits: &[Oid], stop: &AtomicBool) {
    let (file, new) = (path.join("refs/heads/main"), path.join("refs/heads/main.lock"));
    let (_never, wait) = std::sync::mpsc::channel::<()>();
    for commit in commits.iter().cycle() {
        if stop.load(Relaxed) {
            return;
        }
        std::fs::write(&new, format!("{commit}\n")).unwrap();
        std::fs::rename(&new, &file).unwrap();
        let _ = wait.recv_timeout(EVERY); // the time passes
    }
}
