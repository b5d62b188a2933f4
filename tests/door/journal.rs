//! The journal: what is appended can be read back, whatever happened in between.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use space::{
    domain::model::{AccessResult, Activity, CommitId, CredentialType, MemberId, Reason},
    store::journal::{Filter, Journal, Tail, last_unknown},
};

use crate::support::{at, slug};

/// Far longer than anything takes; reaching it means that the test has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn activity(time: Timestamp, fob: Option<&str>) -> Activity {
    let (result, reason) = (AccessResult::Denied, Reason::UnknownCredential);
    Activity {
        kind: Some(CredentialType::Fob),
        fob: fob.map(str::to_owned),
        commit: CommitId::from_bytes([1; 20]),
        ..Activity::new(time, slug("frontdoor"), result, reason)
    }
}

pub(crate) fn open(dir: &Path, process: &str) -> Journal {
    Journal::open(dir, process, |words| assert!(words.contains("was cut short"), "{words}"))
        .unwrap()
}

pub(crate) fn all(dir: &Path) -> Vec<Activity> {
    let (activities, findings) = Tail::new(dir, Filter::default()).poll().unwrap();
    assert_eq!(findings, []);
    activities
}

pub(crate) fn file(dir: &Path) -> PathBuf {
    dir.join("door-2026-01.jsonl")
}

#[test]
fn what_is_appended_can_be_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let written: Vec<_> = (0..50).map(|second| activity(at(second), Some("7"))).collect();
    let journal = open(dir.path(), "door");
    written.iter().for_each(|it| journal.append(it.clone()));
    journal.flush();
    assert_eq!(all(dir.path()), written, "after a flush");
    journal.append(activity(at(50), None));
    drop(journal);
    assert_eq!(all(dir.path()).len(), 51, "at the end nothing is left behind");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(file(dir.path())).unwrap());
        assert_eq!(mode & 0o137, 0, "who came when is for those who may operate the door");
    }
}

#[test]
fn a_line_is_plain_json_in_the_words_of_the_messages() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path(), "door").append(activity(at(0), Some("15408774")));
    let text = fs::read_to_string(file(dir.path())).unwrap();
    let commit = "01".repeat(20);
    assert_eq!(
        text,
        format!(
            "{{\"time\":\"2026-01-15T18:00:00Z\",\"facility\":\"frontdoor\",\"member\":\"unknown\",\
             \"result\":\"denied\",\"reason\":\"unknown-credential\",\"type\":\"fob\",\
             \"fob\":\"15408774\",\"commit\":\"{commit}\"}}\n"
        )
    );
}

#[test]
fn a_torn_line_is_set_apart_and_reported() {
    let dir = tempfile::tempdir().unwrap();
    open(dir.path(), "door").append(activity(at(0), None));
    let torn = b"{\"time\":\"2026-01-15T18:00:01Z\",\"facil";
    OpenOptions::new().append(true).open(file(dir.path())).unwrap().write_all(torn).unwrap();
    let mut tail = Tail::new(dir.path(), Filter::default());
    let (found, findings) = tail.poll().unwrap();
    assert_eq!((found.len(), findings.len()), (1, 0), "it may still be on its way");
    open(dir.path(), "door").append(activity(at(2), None));
    let (found, findings) = tail.poll().unwrap();
    assert_eq!(found, [activity(at(2), None)]);
    assert_eq!((findings[0].code.as_str(), findings[0].line), ("torn-line", Some(2)));
}

#[test]
fn a_month_has_a_file_and_each_process_too() {
    let dir = tempfile::tempdir().unwrap();
    let end = "2026-01-31T23:59:59Z".parse().unwrap();
    let start = "2026-02-01T00:00:00Z".parse().unwrap();
    let (door, second, web) =
        (open(dir.path(), "door"), open(dir.path(), "door"), open(dir.path(), "web"));
    door.append(activity(end, None));
    door.append(activity(start, None));
    door.flush();
    second.append(activity(start, None));
    web.append(activity(at(0), None));
    drop((second, web));
    let mut names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected =
        ["door-2-2026-02.jsonl", "door-2026-01.jsonl", "door-2026-02.jsonl", "web-2026-01.jsonl"];
    assert_eq!(names, expected);
    let times: Vec<_> = all(dir.path()).iter().map(|it| it.time).collect();
    assert_eq!(times, [at(0), end, start, start], "merged by time");
}

#[test]
fn a_filter_keeps_what_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(dir.path(), "door");
    let ada = MemberId::new(1).unwrap();
    let granted = Activity {
        member: Some(ada),
        result: AccessResult::Granted,
        reason: Reason::PrioritySuffices,
        facility: slug("laser"),
        ..activity(at(10), None)
    };
    journal.append(activity(at(0), None));
    journal.append(granted);
    journal.append(activity(at(20), None));
    drop(journal);
    let count = |filter| Tail::new(dir.path(), filter).poll().unwrap().0.len();
    let any = Filter::default;
    assert_eq!(count(Filter { facility: Some(slug("laser")), ..any() }), 1);
    assert_eq!(count(Filter { member: Some(ada), ..any() }), 1);
    assert_eq!(count(Filter { result: Some(AccessResult::Denied), ..any() }), 2);
    assert_eq!(count(Filter { from: Some(at(10)), ..any() }), 2);
    assert_eq!(count(Filter { until: Some(at(10)), ..any() }), 1, "until is not included");
    assert_eq!(count(Filter { from: Some("2026-02-01T00:00:00Z".parse().unwrap()), ..any() }), 0);
}

#[test]
fn the_fob_refused_last_is_found() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(last_unknown(dir.path(), &slug("frontdoor")).unwrap(), None);
    let journal = open(dir.path(), "door");
    let earlier = "2025-12-01T00:00:00Z".parse().unwrap();
    journal.append(activity(earlier, Some("1")));
    journal.flush();
    let found = last_unknown(dir.path(), &slug("frontdoor")).unwrap().unwrap();
    assert_eq!(found.fob.as_deref(), Some("1"), "of another month, if there is none of this");
    journal.append(activity(at(0), Some("2")));
    journal.append(activity(at(1), Some("3")));
    let passcode = Activity { kind: Some(CredentialType::Passcode), ..activity(at(2), None) };
    journal.append(passcode);
    journal.append(Activity { facility: slug("laser"), ..activity(at(3), Some("4")) });
    let known = Activity { reason: Reason::Expired, ..activity(at(4), None) };
    journal.append(known);
    drop(journal);
    let found = last_unknown(dir.path(), &slug("frontdoor")).unwrap().unwrap();
    assert_eq!(found, activity(at(1), Some("3")));
}

/// While a writer is writing, each line is seen exactly once and complete, and nothing is
/// reported.
#[test]
fn a_reader_sees_each_activity_once_while_they_are_written() {
    const COUNT: usize = 20_000;
    let dir = tempfile::tempdir().unwrap();
    let journal = open(dir.path(), "door");
    let writer = std::thread::spawn(move || {
        for number in 0..COUNT {
            // Of many lengths, so that lines cross page boundaries in every way.
            let fob = format!("{number:0width$}", width = 5 + number % 97);
            journal.append(activity(at(0), Some(&fob)));
            if number % 61 == 0 {
                assert!(journal.wait_until_written(PATIENCE));
            }
        }
        journal
    });
    let mut tail = Tail::new(dir.path(), Filter::default());
    let mut seen = Vec::new();
    while !writer.is_finished() {
        let (found, findings) = tail.poll().unwrap();
        assert_eq!(findings, []);
        seen.extend(found);
    }
    drop(writer.join().unwrap());
    seen.extend(tail.poll().unwrap().0);
    let numbers: Vec<usize> =
        seen.iter().map(|it| it.fob.as_ref().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (0..COUNT).collect::<Vec<_>>());
}

#[test]
fn the_tail_is_blank_while_open_and_cut_off_at_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let journal = open(dir.path(), "door");
    journal.append(activity(at(0), None));
    assert!(journal.wait_until_written(PATIENCE), "killed now, nothing is lost");
    let open = fs::read(file(dir.path())).unwrap();
    assert_eq!(open.len(), 64 * 1024);
    let end = open.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    assert!(open[end..].iter().all(|byte| *byte == b'\n'));
    let state = journal.state();
    assert_eq!((state.pending, state.bytes), (0, end as u64));
    journal.flush();
    assert_eq!(journal.state().unflushed, 0);
    drop(journal);
    assert_eq!(fs::read(file(dir.path())).unwrap(), open[..end]);
}
