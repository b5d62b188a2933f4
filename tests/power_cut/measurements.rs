//! Measurements on a small disk: power cuts, and a disk that has no room.

use std::{fs, path::Path};

use jiff::{SignedDuration, Timestamp};
use space::{
    domain::{
        meters::Measurement,
        model::{Base, Slug},
    },
    store::measurements::{Recorder, each},
};

use crate::{disk::Disk, full::fill, support::now};

fn power() -> Slug {
    "power".parse().unwrap()
}

/// One measurement a second, which tells by its value which it is.
fn add(recorder: &mut Recorder, seconds: std::ops::Range<i64>) {
    for second in seconds {
        let at = now() + SignedDuration::from_secs(second);
        let measurement =
            Measurement { millis: at.as_millisecond(), value: second, begins: second == 0 };
        recorder.add(&power(), Base::Watt, measurement, at);
    }
}

/// Returns what can be read, and how many bytes cannot.
fn read(folder: &Path) -> (Vec<i64>, u64) {
    let mut found = Vec::new();
    let window = (Timestamp::MIN, Timestamp::MAX);
    let damage = each(folder, &power(), Base::Watt, window, |it| found.push(it.value)).unwrap();
    (found, damage.bytes)
}

/// What was reported to be on the disk is in a copy of the disk taken at any moment, and what a cut
/// leaves of the rest takes nothing with it.
#[test]
fn what_was_written_survives_a_power_cut() {
    let Some(disk) = crate::disk() else { return };
    let folder = disk.path().join("measurements");
    let mut recorder = Recorder::new(folder.clone());
    let mut next = 0;
    for (trial, burst) in [1, 60, 1, 5_000, 60, 3, 20_000, 1].into_iter().enumerate() {
        add(&mut recorder, next..next + burst);
        next += burst;
        assert_eq!(recorder.write(now()).unwrap(), usize::try_from(burst).unwrap());
        // This waits in memory at the moment of the power cut.
        add(&mut recorder, next..next + 7);
        let copy: Disk = disk.copy();
        let folder = copy.path().join("measurements");
        assert!(read(&folder).0.into_iter().eq(0..next), "trial {trial}");
        let mut anew = Recorder::new(folder.clone());
        add(&mut anew, next..next + 1);
        anew.write(now()).unwrap();
        assert_eq!(read(&folder).0.len() as i64, next + 1, "it works on");
        next += 7;
        recorder.write(now()).unwrap();
    }
}

/// A disk without room refuses the whole of a minute; it waits, and is written when there is room.
#[test]
fn on_a_full_disk_nothing_is_lost() {
    let Some(disk) = crate::disk() else { return };
    let folder = disk.path().join("measurements");
    let filler = disk.path().join("filler");
    let mut recorder = Recorder::new(folder.clone());
    let (mut next, mut refused) = (0, 0);
    for room in [0, 4_096, 8_192, 1 << 20] {
        fill(&filler, room);
        // A block takes about two bytes a measurement.
        add(&mut recorder, next..next + 20_000);
        next += 20_000;
        if let Err(error) = recorder.write(now()) {
            assert!(error.to_string().contains("power"), "{error}");
            assert!(recorder.waiting() > 0);
            refused += 1;
        }
        assert_eq!(read(&folder).1, 0, "what fits is whole");
        fs::remove_file(&filler).unwrap();
        // Freed space can only be used once the file system has committed it.
        for _ in 0..1_000 {
            rustix::fs::syncfs(fs::File::open(disk.path()).unwrap()).unwrap();
            if recorder.write(now()).is_ok() {
                break;
            }
        }
        assert_eq!(recorder.waiting(), 0, "room {room}");
        let (found, damage) = read(&folder);
        assert!(found.into_iter().eq(0..next) && damage == 0, "room {room}");
    }
    assert!(refused > 0, "the disk was never full");
    assert_eq!(recorder.dropped(), 0);
}
