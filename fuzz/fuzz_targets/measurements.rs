//! Any bytes as a month of a meter: `cargo +nightly fuzz run measurements`.

#![no_main]

use std::{fs, path::PathBuf, sync::LazyLock};

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use space::{
    domain::{meters::Rules, model::Base},
    store::measurements::{each, newest, slices},
};

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let name = format!("space-fuzz-measurements-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(folder.join("power")).expect("a folder for the meter");
    folder
});

fuzz_target!(|input: (bool, &[u8], &[u8])| {
    let (counted, bytes, kept) = input;
    let meter = "power".parse().expect("a name");
    let month = FOLDER.join("power/2026-01.measured");
    fs::write(&month, bytes).expect("the file can be written");
    fs::write(month.with_extension("quarters"), kept).expect("the file can be written");
    let window = (Timestamp::MIN, Timestamp::MAX);
    let mut last = i64::MIN;
    let mut count = 0_u64;
    let damage = each(&FOLDER, &meter, Base::Watt, window, |it| {
        assert!(count == 0 || last < it.millis, "in order, each moment once");
        last = it.millis;
        count += 1;
    });
    let damage = damage.expect("whatever lies there is read");
    assert!(count == 0 || damage.bytes < bytes.len() as u64);
    newest(&FOLDER, &meter, Base::Watt).expect("whatever lies there is read");
    let rules = Rules { counted, wraps_at: counted.then_some(1_000), most_per_hour: 10, hold: 3_600_000 };
    slices(&FOLDER, &meter, Base::Watt, rules, window).expect("whatever lies there is added up");
});
