//! What meters said: nothing is lost by a cut, nothing counted twice, and what is remembered is right.

use std::{fs, path::Path};

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use space::{
    domain::{
        meters::{Measurement, Rules, Slice},
        model::{Base, Slug},
    },
    store::measurements::{Damage, Recorder, each, expire, newest, slices},
};

const RULES: Rules =
    Rules { counted: true, wraps_at: None, most_per_hour: 1_000_000_000, hold: 3_600_000 };

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn name() -> Slug {
    "gas".parse().unwrap()
}

fn write(folder: &Path, base: Base, all: &[(Timestamp, i64)]) {
    let mut recorder = Recorder::new(folder.to_owned());
    for (at, value) in all {
        let measurement = Measurement { millis: at.as_millisecond(), value: *value, begins: false };
        recorder.add(&name(), base, measurement, *at);
    }
    let count = recorder.waiting();
    assert!(recorder.write(at("2026-12-01T00:00:00Z")).unwrap() <= count);
    assert_eq!(recorder.waiting(), 0);
}

fn read(folder: &Path, base: Base) -> (Vec<i64>, Damage) {
    let mut values = Vec::new();
    let window = (Timestamp::UNIX_EPOCH, at("2030-01-01T00:00:00Z"));
    let damage = each(folder, &name(), base, window, |it| values.push(it.value)).unwrap();
    (values, damage)
}

fn used(folder: &Path) -> i64 {
    let window = (Timestamp::UNIX_EPOCH, at("2030-01-01T00:00:00Z"));
    let found = slices(folder, &name(), Base::Litre, RULES, window).unwrap();
    found.slices.values().map(|it: &Slice| it.used).sum()
}

#[test]
fn late_and_repeated_measurements_come_in_order_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let day = |day: u8, value| (at(&format!("2026-11-{day:02}T12:00:00Z")), value);
    write(dir.path(), Base::Litre, &[day(1, 1), day(3, 3), day(3, 33)]);
    write(dir.path(), Base::Litre, &[day(2, 2), day(4, 4)]);
    write(dir.path(), Base::Litre, &[day(4, 44), (at("2026-10-31T23:59:59Z"), 0)]);
    assert_eq!(read(dir.path(), Base::Litre), (vec![0, 1, 2, 33, 44], Damage::default()));
    let last = newest(dir.path(), &name(), Base::Litre).unwrap().unwrap();
    assert_eq!((last.value, last.at()), (44, day(4, 0).0));
    let mut months: Vec<_> = fs::read_dir(dir.path().join("gas"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    months.sort();
    assert_eq!(months, ["2026-10.measured", "2026-11.measured"]);
    assert_eq!(newest(dir.path(), &"water".parse().unwrap(), Base::Litre).unwrap(), None);
}

#[test]
fn what_was_measured_in_another_unit_is_left_out_and_told() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), Base::Litre, &[(at("2026-11-01T00:00:00Z"), 1)]);
    write(dir.path(), Base::WattHour, &[(at("2026-11-02T00:00:00Z"), 2)]);
    let (values, damage) = read(dir.path(), Base::WattHour);
    assert_eq!((values, damage.other_unit, damage.bytes), (vec![2], 1, 0));
}

/// After each possible length of the file, what was whole is read, and what is written next as well.
#[test]
fn a_cut_anywhere_loses_only_what_was_cut() {
    let dir = tempfile::tempdir().unwrap();
    let start = at("2026-11-03T00:00:00Z");
    let minutes = |range: std::ops::Range<i64>| -> Vec<(Timestamp, i64)> {
        range.map(|it| (start + SignedDuration::from_mins(it), it)).collect()
    };
    for block in 0..4 {
        write(dir.path(), Base::Litre, &minutes(block * 5..block * 5 + 5));
    }
    let file = dir.path().join("gas/2026-11.measured");
    let whole = fs::read(&file).unwrap();
    let length = whole.len() / 4;
    for cut in 0..whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        let (values, damage) = read(dir.path(), Base::Litre);
        assert!(values.len() / 5 >= cut / (length + 2), "{cut}: {values:?}");
        assert_eq!(values.len() % 5, 0, "{cut}: a block is whole or gone");
        assert!((damage.bytes > 0) || values.len() / 5 * length <= cut + 8, "{cut}");
        write(dir.path(), Base::Litre, &minutes(100..102));
        let after = read(dir.path(), Base::Litre).0;
        assert_eq!(after, [values, vec![100, 101]].concat(), "{cut}");
    }
}

#[test]
fn what_is_remembered_of_a_month_is_made_anew_when_anything_changes() {
    let dir = tempfile::tempdir().unwrap();
    let day =
        |month: u8, day: u8, value| (at(&format!("2026-{month:02}-{day:02}T12:00:00Z")), value);
    write(dir.path(), Base::Litre, &[day(9, 1, 0), day(9, 30, 100), day(10, 30, 500)]);
    assert_eq!((used(dir.path()), used(dir.path())), (500, 500));
    // In a month that is over: what was used is only spread otherwise.
    write(dir.path(), Base::Litre, &[day(10, 1, 450)]);
    assert_eq!(used(dir.path()), 500);
    // Before everything.
    write(dir.path(), Base::Litre, &[day(8, 1, 0), day(11, 1, 510)]);
    assert_eq!(used(dir.path()), 510);
    let window = (at("2026-10-01T12:00:00Z"), at("2026-12-01T00:00:00Z"));
    let october = slices(dir.path(), &name(), Base::Litre, RULES, window).unwrap();
    assert_eq!(october.slices.values().map(|it| it.used).sum::<i64>(), 60);
    // By other rules.
    let slower = Rules { most_per_hour: 0, ..RULES };
    let window = (Timestamp::UNIX_EPOCH, at("2030-01-01T00:00:00Z"));
    let found = slices(dir.path(), &name(), Base::Litre, slower, window).unwrap();
    assert!(!found.odd.is_empty());
    // A damaged memory is made anew.
    for entry in fs::read_dir(dir.path().join("gas")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "quarters") {
            fs::write(path, "junk").unwrap();
        }
    }
    assert_eq!(used(dir.path()), 510);
}

#[test]
fn an_old_month_is_removed_and_what_was_used_in_it_stays() {
    let dir = tempfile::tempdir().unwrap();
    let day = |month: u8, value| (at(&format!("2026-{month:02}-03T12:00:00Z")), value);
    write(dir.path(), Base::Litre, &[day(9, 0), day(10, 100), day(11, 500)]);
    let old = expire::before(dir.path(), "2026-11-01".parse().unwrap()).unwrap();
    assert_eq!(old.len(), 2);
    assert!(expire::remove(&old[0], true).is_err(), "nobody knows yet what was used");
    assert_eq!(used(dir.path()), 500);
    for month in &old {
        expire::remove(month, true).unwrap();
    }
    assert_eq!(read(dir.path(), Base::Litre).0, [500]);
    assert_eq!(used(dir.path()), 500);
    // Something that comes late for a month that was removed changes nothing any more.
    write(dir.path(), Base::Litre, &[day(10, 90)]);
    assert_eq!(used(dir.path()), 500);
    fs::remove_file(&old[1].path).unwrap();
    assert_eq!(expire::before(dir.path(), "2026-11-01".parse().unwrap()).unwrap(), []);
}

#[test]
fn what_cannot_be_written_waits() {
    let dir = tempfile::tempdir().unwrap();
    let (now, later) = (at("2026-11-03T12:00:00Z"), at("2026-11-03T12:01:00Z"));
    let mut recorder = Recorder::new(dir.path().join("measurements"));
    let measurement = Measurement { millis: now.as_millisecond(), value: 1, begins: false };
    recorder.add(&name(), Base::Litre, measurement, now);
    assert!(!recorder.is_due(now) && recorder.is_due(later));
    // A file where the folder should be.
    fs::write(dir.path().join("measurements"), "").unwrap();
    assert!(recorder.write(later).is_err());
    assert_eq!((recorder.waiting(), recorder.is_due(later)), (1, false));
    fs::remove_file(dir.path().join("measurements")).unwrap();
    assert_eq!(recorder.write(later).unwrap(), 1);
    assert_eq!(read(&dir.path().join("measurements"), Base::Litre).0, [1]);
}

#[test]
fn a_disk_that_takes_nothing_fills_no_memory() {
    let dir = tempfile::tempdir().unwrap();
    let now = at("2026-11-03T12:00:00Z");
    let mut recorder = Recorder::new(dir.path().to_owned());
    for millis in 0..600_000 {
        let measurement =
            Measurement { millis: now.as_millisecond() + millis, value: millis, begins: false };
        recorder.add(&name(), Base::Litre, measurement, now);
    }
    assert!(recorder.waiting() <= 500_000);
    assert_eq!(recorder.dropped(), 600_000 - recorder.waiting() as u64);
    assert_eq!(recorder.dropped(), 0);
    recorder.write(now).unwrap();
    assert_eq!(read(dir.path(), Base::Litre).0.last(), Some(&599_999), "the newest are kept");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// In however many pieces and in whichever order measurements are written, the same is read.
    #[test]
    fn the_order_of_writing_does_not_matter(
        steps in proptest::collection::vec((1_i64..5_000_000, 0_i64..1_000), 1..60),
        pieces in 1_usize..6,
    ) {
        let mut now = at("2026-10-20T00:00:00Z");
        let mut value = 0;
        let all: Vec<(Timestamp, i64)> = steps
            .iter()
            .map(|(millis, rise)| {
                now += SignedDuration::from_millis(*millis);
                value += rise;
                (now, value)
            })
            .collect();
        let one = tempfile::tempdir().unwrap();
        write(one.path(), Base::Litre, &all);
        let other = tempfile::tempdir().unwrap();
        for piece in 0..pieces {
            let these: Vec<_> = all.iter().copied().skip(piece).step_by(pieces).collect();
            write(other.path(), Base::Litre, &these);
        }
        prop_assert_eq!(read(one.path(), Base::Litre), read(other.path(), Base::Litre));
        prop_assert_eq!(used(one.path()), all.last().unwrap().1 - all[0].1);
        prop_assert_eq!(used(one.path()), used(other.path()));
    }
}
