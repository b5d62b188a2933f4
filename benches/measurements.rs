//! A year of a meter: what it takes on the disk, how long it takes to sum it, and to report on it.
//!
//! Prints medians, beside the time for reading the same bytes and an empty program.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and may panic")]

use std::{
    fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use space::{
    domain::{
        meters::{Measurement, Rules},
        model::{Base, Slug},
    },
    store::measurements::{Recorder, slices},
};

const YEAR: i64 = 365 * 86_400;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    // In memory, where a flush costs nothing: half a million minutes are written.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let dir = tempfile::tempdir_in(place).unwrap();
    let begin: Timestamp = "2025-03-01T00:00:00Z".parse().unwrap();
    let power: Slug = "power".parse().unwrap();
    fill(dir.path(), &power, begin, 1, true);
    let rules = Rules { counted: false, wraps_at: None, most_per_hour: 1, hold: 3_600_000 };
    let window = (begin, begin + SignedDuration::from_secs(YEAR));
    let sum = || {
        let found = slices(dir.path(), &power, Base::Watt, rules, window).unwrap();
        found.slices.values().map(|it| it.sum / 3_600_000).sum::<i64>()
    };
    let files = || fs::read_dir(dir.path().join("power")).unwrap().map(|it| it.unwrap().path());
    let measured = || files().filter(|path| path.extension().is_some_and(|it| it == "measured"));
    let bytes: u64 = measured().map(|path| path.metadata().unwrap().len()).sum();
    let forget = || {
        let kept = files().filter(|path| path.extension().is_some_and(|it| it == "quarters"));
        kept.for_each(|path| fs::remove_file(path).unwrap());
    };
    let anew = median(5, || {
        forget();
        black_box(sum());
    });
    let again = median(9, || {
        black_box(sum());
    });
    let reading = median(5, || {
        black_box(measured().map(|path| fs::read(path).unwrap().len()).sum::<usize>());
    });
    println!(
        "one measurement a second for a year: {:.1} MB, summed in {anew:.1?}, again in {again:.1?}; \
         reading the bytes alone {reading:.1?}",
        bytes as f64 / 1e6
    );

    let repo = dir.path().join("space");
    let space = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        command.args(args).current_dir(&repo).env("SPACE_NOW", "2026-03-01T00:00:00Z");
        command.env("GIT_AUTHOR_NAME", "A").env("GIT_AUTHOR_EMAIL", "a@example.org");
        command.env("GIT_COMMITTER_NAME", "A").env("GIT_COMMITTER_EMAIL", "a@example.org");
        assert!(command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    };
    fs::create_dir(&repo).unwrap();
    space(&["init", ".", "--name", "A", "--zone", "Europe/London", "--currency", "GBP"]);
    space(&["meter", "add", "main", "energy", "--price", "0.25"]);
    let folder = repo.join(".git/space/measurements");
    let main: Slug = "main".parse().unwrap();
    fill(&folder, &main, begin, 60, false);
    let first = median(5, || {
        for entry in fs::read_dir(folder.join("main")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "quarters") {
                fs::remove_file(path).unwrap();
            }
        }
        space(&["report", "resources"]);
    });
    let report = median(9, || space(&["report", "resources"]));
    let nothing = median(9, || space(&["tier", "list"]));
    println!(
        "one meter at one a minute for a year: report resources {report:.1?}, without what is \
         remembered {first:.1?}; another command {nothing:.1?}"
    );
}

/// Writes a year of measurements as they come: a block a minute, or for each reading if they are rarer.
fn fill(folder: &Path, meter: &Slug, begin: Timestamp, seconds: i64, power: bool) {
    let mut recorder = Recorder::new(folder.to_owned());
    // Any random numbers will do, as long as they are the same each time.
    let mut dice = 88_172_645_463_325_252_u64;
    let mut counter = 0_i64;
    for number in 0..YEAR / seconds {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let jitter = (dice % 41) as i64 - 20;
        counter += (dice >> 8) as i64 % 60_000;
        // Between 500 and 1,500 W, with steps of some ten watts.
        let value = match power {
            true => 1_000_000 + (number / 600 % 100) * 5_000 + (dice >> 16) as i64 % 20_000,
            false => counter,
        };
        let millis = begin.as_millisecond() + number * seconds * 1_000 + jitter;
        let now = Timestamp::from_millisecond(millis).unwrap();
        let base = if power { Base::Watt } else { Base::WattHour };
        recorder.add(meter, base, Measurement { millis, value, begins: false }, now);
        if recorder.is_due(now) {
            recorder.write(now).unwrap();
        }
    }
    recorder.write(begin).unwrap();
}

fn median(times: usize, mut f: impl FnMut()) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[all.len() / 2]
}
