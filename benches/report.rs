//! The directors' review over 100,000 members with 12 payments each, as a whole process.
//!
//! Prints medians, compared with an empty program and the complete load, measured alternately
//! within one run.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use space::store::Store;

#[path = "support/large.rs"]
mod large;
#[path = "support/ledger.rs"]
mod ledger;

const MEMBERS: u64 = 100_000;

/// By then, most have not paid for the new month.
const MONTH_LATER: &str = "2026-02-10T18:00:00Z";

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let repo = ledger::space(MEMBERS);
    let program = Path::new(env!("CARGO_BIN_EXE_space"));
    let report = |args: &[&str]| run(program, &repo, &[&["report"], args].concat());
    let empty = empty_program();
    report(&["review"]); // warms the cache
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..9 {
        times[0].push(report(&["review"]));
        times[1].push(report(&["members"]));
        times[2].push(report(&["register"]));
        times[3].push(load(&repo));
        times[4].push(run(&empty, &repo, &[]));
    }
    let [review, members, register, load, nothing] = times.map(median);
    println!(
        "{MEMBERS} members with {} payments each: report review {review:.1?}, members \
         {members:.1?}, register {register:.1?}; the full load alone {load:.1?}, an empty program \
         {nothing:.1?}; review / load {:.2}",
        ledger::PAYMENTS,
        review.as_secs_f64() / load.as_secs_f64()
    );
    let income = median((0..3).map(|_| report(&["income"])).collect());
    let history = median((0..3).map(|_| report(&["members", "--history"])).collect());
    let shown = median((0..3).map(|_| run(program, &repo, &["dues", "show"])).collect());
    let due = median((0..5).map(|_| run(program, &repo, &["notice", "due"])).collect());
    let month = ["notice", "due", "--json"];
    let all = median((0..5).map(|_| at(program, &repo, &month, MONTH_LATER)).collect());
    println!(
        "notice due: on a day on which one in twenty is reminded {due:.1?}, on one on which most \
         are {all:.1?}"
    );
    println!(
        "report income, which reads every payment, {income:.1?}; report members --history over a \
         month in which everybody paid {history:.1?}; dues show {shown:.1?}"
    );
}

/// Compiles a program that does nothing, which costs the least that a process can.
fn empty_program() -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (dir.join("nothing.rs"), dir.join("nothing"));
    std::fs::write(&source, "fn main() {}").expect("the target folder takes files");
    let done = Command::new("rustc").args(["-O", "-o"]).arg(&program).arg(&source).status();
    assert!(done.is_ok_and(|status| status.success()), "rustc is at hand where cargo is");
    program
}

fn run(program: &Path, repo: &Path, args: &[&str]) -> Duration {
    at(program, repo, args, &large::now().to_string())
}

fn at(program: &Path, repo: &Path, args: &[&str], now: &str) -> Duration {
    let mut command = Command::new(program);
    command.args(args).current_dir(repo).stdout(Stdio::null()).stdin(Stdio::null());
    command.env("SPACE_NOW", now).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let took = start.elapsed();
    assert!(status.success(), "{} {args:?} failed", program.display());
    took
}

/// Reads every member's folder in this process, the minimum for any list of all members.
fn load(repo: &Path) -> Duration {
    let store = Store::open(repo).unwrap();
    let start = Instant::now();
    let (folders, _) = store.read(store.head().unwrap()).unwrap().members(|folder| folder);
    assert!(folders.len() > 1);
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
