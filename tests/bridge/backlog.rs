//! What was not handed over yet: oldest first, each activity until it was taken, whatever happens to
//! the files in between.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use space::store::journal::{
    Backlog,
    compress::{self, compress},
    expire,
};

use crate::journals::{activity, at, cut, january, later, write};

/// A folder of journals, and the file that keeps how far they were handed over.
struct World {
    dir: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn journals(&self) -> PathBuf {
        self.dir.path().join("journal")
    }

    fn cursor(&self) -> PathBuf {
        self.dir.path().join("sent.json")
    }

    fn backlog(&self) -> Backlog {
        Backlog::open(&self.cursor(), &self.journals(), at(0)).unwrap()
    }

    fn write(&self, process: &str, times: impl IntoIterator<Item = Timestamp>) {
        write(&self.journals(), process, times);
    }

    fn january(&self) -> PathBuf {
        january(&self.journals(), "door")
    }
}

#[track_caller]
fn next(backlog: &mut Backlog, most: usize) -> Vec<Timestamp> {
    let (found, findings) = backlog.next(most).unwrap();
    assert_eq!(findings, []);
    found.iter().map(|it| it.activity.time).collect()
}

/// Takes everything, and returns it with its ids.
fn take(backlog: &mut Backlog) -> Vec<(Timestamp, String)> {
    let mut all = Vec::new();
    loop {
        let (found, _) = backlog.next(3).unwrap();
        if found.is_empty() {
            return all;
        }
        backlog.handed_over(found.len()).unwrap();
        all.extend(found.into_iter().map(|it| (it.activity.time, it.id)));
    }
}

fn times(taken: &[(Timestamp, String)]) -> Vec<Timestamp> {
    taken.iter().map(|(time, _)| *time).collect()
}

#[test]
fn activities_of_all_processes_come_oldest_first_until_they_are_handed_over() {
    let world = World::new();
    world.write("door", [at(1), at(4), later(2)]);
    world.write("other", [at(2), at(3), later(1)]);
    let mut backlog = world.backlog();
    assert_eq!(next(&mut backlog, 3), [at(1), at(2), at(3)]);
    assert_eq!(next(&mut backlog, 3), [at(1), at(2), at(3)], "nothing was taken");
    backlog.handed_over(2).unwrap();
    assert_eq!(next(&mut backlog, 9), [at(3), at(4), later(1), later(2)]);
    drop(backlog); // killed before the cursor moved
    let mut backlog = world.backlog();
    assert_eq!(next(&mut backlog, 2), [at(3), at(4)]);
    world.write("third", [at(0)]);
    assert_eq!(next(&mut backlog, 1), [at(0)], "one that comes late is the oldest");
    assert_eq!(backlog.count(|_| true).unwrap().number, 5);
    assert_eq!(backlog.count(|it| it.time > at(9)).unwrap().oldest, Some(later(1)));
    assert_eq!(take(&mut backlog).len(), 5);
    assert_eq!(next(&mut world.backlog(), 9), []);
}

#[test]
fn the_beginning_is_remembered() {
    let world = World::new();
    world.write("door", [at(-2), at(-1), at(0), at(1)]);
    let mut backlog = world.backlog();
    assert_eq!(next(&mut backlog, 9), [at(0), at(1)]);
    let mut backlog = Backlog::open(&world.cursor(), &world.journals(), at(1)).unwrap();
    assert_eq!((backlog.since(), next(&mut backlog, 9)), (at(0), vec![at(0), at(1)]));
}

#[test]
fn an_activity_keeps_its_id_and_a_compressed_month_its_place() {
    let world = World::new();
    world.write("door", (0..5).map(at));
    let ids = |backlog: &mut Backlog| {
        let (found, _) = backlog.next(9).unwrap();
        found.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let mut backlog = world.backlog();
    let all = ids(&mut backlog);
    assert_eq!(ids(&mut world.backlog()), all);
    backlog.handed_over(2).unwrap();
    compress(&world.january()).unwrap();
    assert!(!world.january().exists());
    assert_eq!(ids(&mut backlog), all[2..]);
    assert_eq!(ids(&mut world.backlog()), all[2..]);
    backlog.next(1).unwrap();
    backlog.handed_over(1).unwrap();
    assert_eq!(take(&mut backlog).len(), 2);
    assert_eq!(take(&mut backlog), []);
    assert_eq!(take(&mut world.backlog()), []);
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), 5);
}

/// What a power cut takes away was perhaps handed over already, and others are written in its place.
#[test]
fn what_is_written_in_the_place_of_lost_lines_is_handed_over() {
    let world = World::new();
    let mut backlog = world.backlog();
    for second in 1..=5 {
        world.write("door", [at(second)]);
        assert_eq!(take(&mut backlog).len(), 1);
    }
    cut(&world.january(), 3);
    assert_eq!(next(&mut backlog, 9), []);
    world.write("door", [at(6), at(7), at(8)]);
    let mut restarted = world.backlog();
    for backlog in [&mut backlog, &mut restarted] {
        assert_eq!(next(backlog, 9), [at(6), at(7), at(8)]);
    }
    assert_eq!(take(&mut backlog).len(), 3);
    // Another file altogether: nothing in it was handed over.
    fs::remove_file(world.january()).unwrap();
    world.write("door", (10..20).map(at));
    assert_eq!(times(&take(&mut backlog)), (10..20).map(at).collect::<Vec<_>>());
}

#[test]
fn torn_lines_are_reported_once_and_hold_nothing_up() {
    let world = World::new();
    world.write("door", [at(1)]);
    let half = fs::read_to_string(world.january()).unwrap()[..40].to_owned();
    fs::write(world.january(), format!("{half}\n")).unwrap();
    let mut backlog = world.backlog();
    assert_eq!(backlog.next(9).unwrap(), (vec![], vec![]), "it may still be growing");
    write_on(&world.journals(), at(2));
    let (found, findings) = backlog.next(9).unwrap();
    assert_eq!((found.len(), findings.len()), (1, 1));
    assert!(findings[0].to_string().contains("door-2026-01.jsonl:1:1"), "{findings:?}");
    assert_eq!(backlog.next(9).unwrap().1, []);
    backlog.handed_over(1).unwrap();
    write_on(&world.journals(), at(3));
    assert_eq!(next(&mut backlog, 9), [at(3)]);
}

/// Appends with a process that finds a torn line.
fn write_on(dir: &Path, time: Timestamp) {
    let journal = space::store::journal::Journal::open(dir, "door", |_| ()).unwrap();
    journal.append(activity(time));
}

#[test]
fn an_expired_month_is_forgotten_and_a_missing_disk_is_not() {
    let world = World::new();
    world.write("door", [at(1), later(1)]);
    let mut backlog = world.backlog();
    take(&mut backlog);
    let aside = world.dir.path().join("aside");
    fs::rename(world.journals(), &aside).unwrap();
    assert_eq!(take(&mut backlog), []);
    backlog.handed_over(0).unwrap();
    fs::rename(&aside, world.journals()).unwrap();
    assert_eq!(take(&mut world.backlog()), [], "the disk is back");
    let old = expire::before(&world.journals(), date(2026, 2, 1)).unwrap();
    assert!(expire::remove(&old[0]).unwrap());
    world.write("door", [later(2)]);
    assert_eq!(times(&take(&mut backlog)), [later(2)]);
    let kept = fs::read_to_string(world.cursor()).unwrap();
    assert!(kept.contains("door-2026-02") && !kept.contains("door-2026-01"), "{kept}");
}

#[test]
fn a_backlog_longer_than_what_is_read_at_once_is_complete() {
    let world = World::new();
    const LINES: i64 = 9_000; // of 240 bytes: more than two pieces
    world.write("door", (0..LINES).map(at));
    compress(&world.january()).unwrap();
    world.write(
        "other",
        (0..LINES).map(|it| at(it).saturating_add(jiff::SignedDuration::from_millis(500)).unwrap()),
    );
    let mut backlog = world.backlog();
    let (mut count, mut last) = (0, Timestamp::MIN);
    loop {
        let (found, findings) = backlog.next(1000).unwrap();
        assert_eq!(findings, []);
        if found.is_empty() {
            break;
        }
        for it in &found {
            assert!(last < it.activity.time);
            last = it.activity.time;
        }
        count += i64::try_from(found.len()).unwrap();
        backlog.handed_over(found.len()).unwrap();
    }
    assert_eq!(count, 2 * LINES);
}

#[test]
fn a_damaged_cursor_is_reported_and_not_replaced() {
    let world = World::new();
    world.write("door", [at(1)]);
    take(&mut world.backlog());
    fs::write(world.cursor(), "{").unwrap();
    let error = Backlog::open(&world.cursor(), &world.journals(), at(0)).unwrap_err();
    assert!(error.to_string().contains("is damaged"), "{error}");
    assert_eq!(fs::read_to_string(world.cursor()).unwrap(), "{");
}

/// What may happen to journals.
#[derive(Clone, Debug)]
enum Step {
    Write(&'static str, i64),
    Take(usize, usize),
    Restart,
    Compress,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (prop_oneof![Just("door"), Just("other")], 0_i64..200_000)
            .prop_map(|(process, second)| Step::Write(process, second)),
        3 => (1_usize..5, 0_usize..5).prop_map(|(most, taken)| Step::Take(most, taken)),
        1 => Just(Step::Restart),
        1 => Just(Step::Compress),
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is written, taken, restarted and compressed in between: each activity is handed over
    /// once, and of those that are there always the oldest.
    #[test]
    fn each_is_handed_over_once_and_the_oldest_first(steps in steps()) {
        let world = World::new();
        let mut backlog = world.backlog();
        let mut waiting = BTreeMap::<Timestamp, ()>::new();
        let mut written = 0_i64;
        for step in steps {
            match step {
                Step::Write(process, second) => {
                    written += 1; // no two at the same moment
                    let time = at(second).saturating_add(jiff::SignedDuration::from_micros(written)).unwrap();
                    world.write(process, [time]);
                    waiting.insert(time, ());
                }
                Step::Take(most, taken) => {
                    let found = next(&mut backlog, most);
                    let oldest: Vec<Timestamp> = waiting.keys().copied().take(most).collect();
                    // A file is handed over in its own order, whatever its times.
                    prop_assert_eq!(found.len(), oldest.len());
                    let taken = taken.min(found.len());
                    backlog.handed_over(taken).unwrap();
                    for time in &found[..taken] {
                        prop_assert!(waiting.remove(time).is_some(), "{} came twice", time);
                    }
                }
                Step::Restart => backlog = world.backlog(),
                Step::Compress => {
                    for old in compress::before(&world.journals(), date(2026, 9, 1)).unwrap() {
                        compress(&old.path).unwrap();
                    }
                }
            }
        }
        for (time, _) in take(&mut backlog) {
            prop_assert!(waiting.remove(&time).is_some(), "{} came twice", time);
        }
        prop_assert!(waiting.is_empty(), "{:?} never came", waiting);
    }
}
