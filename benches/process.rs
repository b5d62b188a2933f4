//! Commands as whole processes against the floors: an empty program, and `git show`.
//!
//! Prints ratios; each pair is measured in turn within one run, so a noisy machine hits both.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use space::store::Store;

#[path = "support/large.rs"]
mod large;

const SIZES: [u64; 3] = [100, 10_000, 100_000];

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let space = installed(Path::new(env!("CARGO_BIN_EXE_space")));
    let empty = installed(&empty_program());
    println!("a command as a process: median of the ratios, pair by pair");
    for members in SIZES {
        let repo = large::space(members);
        let place = "members/00/0042/member.json";
        let show = || run(&space, &repo, &["member", "show", "0042"]);
        let git = || run(Path::new("git"), &repo, &["show", &format!("HEAD:{place}")]);
        let floor = || run(&empty, &repo, &[]);
        println!(
            "N = {members:>7}: member show / empty program {:.2}, member show / git show {:.2}",
            ratio(200, show, floor),
            ratio(200, show, git)
        );
    }
    let repo = large::space(100_000);
    let list = || run(&space, &repo, &["member", "list", "--json"]);
    let table = || run(&space, &repo, &["member", "list"]);
    let why = || run(&space, &repo, &["why", "--facility", "frontdoor"]);
    let all = || run(&space, &repo, &["why", "--facility", "frontdoor", "--json"]);
    let one = || run(&space, &repo, &["why", "0042"]);
    for (name, each) in [
        ("member list", &table as &dyn Fn() -> Duration),
        ("member list --json", &list),
        ("why 0042", &one),
        ("why --facility", &why),
        ("why --facility --json", &all),
    ] {
        let cold = ratio(9, || without_cache(&repo, each), || load(&repo));
        let warm = median((0..15).map(|_| each()).collect());
        println!("N =  100000: {name}: without a cache / full load {cold:.2}, with one {warm:.1?}");
    }
}

/// Installs the program as `cargo install` does: a copy, which the system maps in larger pieces
/// than what a linker has just written.
fn installed(built: &Path) -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
    fs::create_dir_all(&program).expect("the target folder takes folders");
    let program = program.join(built.file_name().expect("a program has a name"));
    let _ = fs::remove_file(&program); // the one of an earlier run, if there was one
    fs::copy(built, &program).expect("the target folder takes files");
    program
}

/// Compiles a program that does nothing, the least that a process costs.
fn empty_program() -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (dir.join("empty.rs"), dir.join("empty"));
    fs::write(&source, "fn main() {}").expect("the target folder takes files");
    let done = Command::new("rustc").args(["-O", "-o"]).arg(&program).arg(&source).status();
    assert!(done.is_ok_and(|status| status.success()), "rustc is at hand where cargo is");
    program
}

fn run(program: &Path, repo: &Path, args: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command.args(args).current_dir(repo).stdout(Stdio::null()).stdin(Stdio::null());
    // Everybody is covered then, and gets in: nothing is left out of the answers.
    command.env("SPACE_NOW", large::now().to_string());
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let took = start.elapsed();
    assert!(status.success(), "{} {args:?} failed", program.display());
    took
}

fn ratio(pairs: usize, a: impl Fn() -> Duration, b: impl Fn() -> Duration) -> f64 {
    a();
    b();
    let mut ratios: Vec<f64> = (0..pairs).map(|_| a().as_secs_f64() / b().as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[pairs / 2]
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn without_cache(repo: &Path, each: &dyn Fn() -> Duration) -> Duration {
    // A cache that is not there is as good as cleared.
    let _ = fs::remove_dir_all(repo.join("space/cache"));
    each()
}

/// Reads every member's folder in this process, the least that a list of all has to do.
fn load(repo: &Path) -> Duration {
    let store = Store::open(repo).unwrap();
    let start = Instant::now();
    let (folders, _) = store.read(store.head().unwrap()).unwrap().members(|folder| folder);
    assert!(folders.len() > 1);
    start.elapsed()
}
