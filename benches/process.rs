//! Everyday commands as whole processes, in realistic spaces, compared with an empty program.
//!
//! Prints what each takes beyond an empty program, as medians of pairs measured alternately within
//! one run: wall time, and processor time in brackets. `cargo bench --bench process -- 1000`
//! measures one size, up to 100000; `SPACE_BENCH_PROGRAM` names another `space` to measure.

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

use nix::sys::resource::{UsageWho, getrusage};

#[path = "support/large.rs"]
mod large;
#[path = "support/ledger.rs"]
mod ledger;
#[path = "support/lived_in.rs"]
mod lived_in;

use lived_in::Layout;

const SIZES: [u64; 3] = [100, 1_000, 10_000];

/// Commands that only read.
const READING: [&[&str]; 16] = [
    &["status"],
    &["check"],
    &["check", "HEAD"],
    &["member", "list"],
    &["member", "show", "0042"],
    &["credential", "list", "--member", "0042"],
    &["why"],
    &["why", "0042"],
    &["door", "try", "--facility", "frontdoor", "--fob", "1000042"],
    &["dues", "show"],
    &["dues", "review"],
    &["payment", "list"],
    &["payment", "list", "0042"],
    &["report", "review"],
    &["notice", "due"],
    &["log"],
];

/// Commands that write; each is undone before the next.
const WRITING: [&[&str]; 2] = [
    &["member", "add", "Nina", "Newcomer"],
    &["credential", "add", "--member", "0042", "--fob", "7654321", "--facility", "frontdoor"],
];

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let built = std::env::var_os("SPACE_BENCH_PROGRAM").map(PathBuf::from);
    let built = built.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_space")));
    let programs = Programs { space: installed(&built), empty: installed(&empty_program()) };
    let mut sizes: Vec<u64> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    println!("ms beyond an empty program, as medians: wall time (processor)");
    for members in sizes {
        let spaces = [Layout::Loose, Layout::Packed, Layout::Bare]
            .map(|layout| lived_in::space(members, layout));
        println!(
            "\n{:<44}{:>16}{:>16}{:>16}",
            format!("{members} members"),
            "loose",
            "packed",
            "bare"
        );
        let rounds = if members > 1_000 { 7 } else { 15 };
        let row = |name: String, cells: Vec<String>| {
            println!(
                "{name:<44}{}",
                cells.iter().map(|it| format!("{it:>16}")).collect::<String>()
            );
        };
        for args in READING {
            row(
                args.join(" "),
                spaces.iter().map(|it| programs.reading(it, args, rounds)).collect(),
            );
        }
        for args in WRITING {
            let cells = spaces.iter().map(|it| programs.writing(it, args, rounds));
            let (done, undone): (Vec<String>, Vec<String>) = cells.unzip();
            row(args[..2].join(" "), done);
            row(format!("undo {}", args[..2].join(" ")), undone);
        }
        let git = |args: &[&str]| {
            spaces[..2]
                .iter()
                .map(|it| programs.beyond(rounds, || run(Path::new("git"), it, args)))
                .collect()
        };
        row("git show".into(), git(&["show", "HEAD:space.json"]));
        row("git status".into(), git(&["status", "--porcelain"]));
    }
}

struct Programs {
    space: PathBuf,
    empty: PathBuf,
}

/// The time that a process took.
#[derive(Clone, Copy)]
struct Took {
    wall: f64,
    processor: f64,
}

impl Programs {
    fn reading(&self, repo: &Path, args: &[&str], rounds: usize) -> String {
        self.beyond(rounds, || run(&self.space, repo, args))
    }

    fn writing(&self, repo: &Path, args: &[&str], rounds: usize) -> (String, String) {
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for _ in 0..=rounds {
            let floor = run(&self.empty, repo, &[]);
            done.push(run(&self.space, repo, args).beyond(floor));
            undone.push(run(&self.space, repo, &["undo", "--yes"]).beyond(floor));
        }
        (shown(&done[1..]), shown(&undone[1..]))
    }

    fn beyond(&self, rounds: usize, what: impl Fn() -> Took) -> String {
        what(); // fills the caches
        let pair = |_| {
            let floor = run(&self.empty, Path::new("."), &[]);
            what().beyond(floor)
        };
        shown(&(0..rounds).map(pair).collect::<Vec<Took>>())
    }
}

impl Took {
    fn beyond(self, floor: Self) -> Self {
        Self { wall: self.wall - floor.wall, processor: self.processor - floor.processor }
    }
}

fn shown(all: &[Took]) -> String {
    let median = |of: fn(&Took) -> f64| {
        let mut values: Vec<f64> = all.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2] * 1_000.0
    };
    format!("{:.1} ({:.1})", median(|it| it.wall), median(|it| it.processor))
}

/// Installs the program like `cargo install`: a copy, which the system maps in larger pieces than
/// a file just written by a linker.
fn installed(built: &Path) -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("installed");
    fs::create_dir_all(&program).expect("the target folder takes folders");
    let program = program.join(built.file_name().expect("a program has a name"));
    let _ = fs::remove_file(&program); // the one of an earlier run, if there was one
    fs::copy(built, &program).expect("the target folder takes files");
    program
}

/// Compiles a program that does nothing, which costs the least that a process can.
fn empty_program() -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (dir.join("empty.rs"), dir.join("empty"));
    fs::write(&source, "fn main() {}").expect("the target folder takes files");
    let done = Command::new("rustc").args(["-O", "-o"]).arg(&program).arg(&source).status();
    assert!(done.is_ok_and(|status| status.success()), "rustc is at hand where cargo is");
    program
}

fn run(program: &Path, repo: &Path, args: &[&str]) -> Took {
    let mut command = Command::new(program);
    command.args(args).current_dir(repo).stdout(Stdio::null()).stdin(Stdio::null());
    // At this time everybody is covered and gets in, so the answers are complete.
    command.env("SPACE_NOW", large::now().to_string());
    let (before, start) = (processor(), Instant::now());
    let output = command.stderr(Stdio::null()).status().expect("the program starts");
    let (wall, processor) = (start.elapsed().as_secs_f64(), processor() - before);
    // `check` exits with 2 if there are findings, which there may be.
    assert!(matches!(output.code(), Some(0 | 2)), "{} {args:?} failed", program.display());
    Took { wall, processor }
}

/// Returns the processor time of all child processes waited for, in seconds.
fn processor() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("every process may ask");
    let seconds = |it: nix::sys::time::TimeVal| {
        Duration::new(it.tv_sec() as u64, it.tv_usec() as u32 * 1_000).as_secs_f64()
    };
    seconds(usage.user_time()) + seconds(usage.system_time())
}
