//! A year's statement, 5,000 lines for 500 members, imported by the program as one commit.
//!
//! Prints medians of whole processes, each run on a fresh copy of the same space.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

#[path = "support/large.rs"]
mod large;

const MEMBERS: u64 = 500;
const LINES: u64 = 5_000;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let dir = tempfile::tempdir().unwrap();
    let statement = dir.path().join("year.ofx");
    fs::write(&statement, ofx()).unwrap();
    let bare = large::space(MEMBERS);
    let import = |copy: &Path, args: &[&str]| {
        let file = statement.to_str().unwrap();
        let all = [&["payment", "import", file], args].concat();
        run(Path::new(env!("CARGO_BIN_EXE_space")), copy, &all)
    };
    for worktree in [false, true] {
        let (mut first, mut again, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..7 {
            let copy = dir.path().join(format!("{worktree}-{round}"));
            if worktree {
                run(Path::new("git"), dir.path(), &["clone", "-q", text(&bare), text(&copy)]);
            } else {
                fs::create_dir(&copy).unwrap();
                large::copy(&bare, &copy);
            }
            let before = commits(&copy);
            shown.push(import(&copy, &["--dry-run"]));
            first.push(import(&copy, &["--yes"]));
            assert_eq!(commits(&copy), before + 1, "one commit");
            again.push(import(&copy, &["--yes"]));
            assert_eq!(commits(&copy), before + 1, "nothing new");
        }
        println!(
            "{LINES} lines for {MEMBERS} members, {}: shown {:.1?}, imported {:.1?}, again {:.1?}",
            if worktree { "with checked-out files" } else { "bare" },
            median(shown),
            median(first),
            median(again)
        );
    }
    let large = large::space(100_000);
    let copy = dir.path().join("large");
    fs::create_dir(&copy).unwrap();
    large::copy(&large, &copy);
    import(&copy, &["--dry-run"]); // warms the cache
    let shown = median((0..5).map(|_| import(&copy, &["--dry-run"])).collect());
    let first = import(&copy, &["--yes"]);
    println!(
        "{LINES} lines, 500 of 100,000 members, bare: shown {shown:.1?}, imported {first:.1?}"
    );
}

/// Ten payments by each member, one a month.
fn ofx() -> String {
    let mut text = "OFXHEADER:100\nDATA:OFXSGML\nCHARSET:1252\n\n<OFX><CURDEF>GBP\n".to_owned();
    for line in 0..LINES {
        let (member, month) = (1 + line % MEMBERS, 1 + line / MEMBERS);
        writeln!(
            text,
            "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2025{month:02}{:02}<TRNAMT>25.00<FITID>F{line}\
             <NAME>A PERSON<MEMO>SM{member:04} DUES</STMTTRN>",
            1 + member % 28
        )
        .unwrap();
    }
    text + "</OFX>\n"
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn commits(repo: &Path) -> usize {
    let mut git = Command::new("git");
    let out = git.args(["rev-list", "--count", "HEAD"]).current_dir(repo).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
}

fn run(program: &Path, dir: &Path, args: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let author = [("GIT_AUTHOR_NAME", "Ada Admin"), ("GIT_AUTHOR_EMAIL", "ada@example.org")];
    command.envs(author).env("SPACE_NOW", "2026-01-05T18:00:00Z");
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let took = start.elapsed();
    assert!(status.success(), "{} {args:?} failed", program.display());
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
