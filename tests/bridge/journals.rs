//! Journals as a door writes them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use space::{
    domain::model::{AccessResult, Activity, CommitId, CredentialType, Reason},
    store::journal::Journal,
};

/// An instant, in seconds after the evening of 31 January began.
pub(crate) fn at(seconds: i64) -> Timestamp {
    "2026-01-31T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

/// An instant in February.
pub(crate) fn later(seconds: i64) -> Timestamp {
    at(24 * 3600 + seconds)
}

/// An unknown fob at the front door.
pub(crate) fn activity(time: Timestamp) -> Activity {
    let (result, reason) = (AccessResult::Denied, Reason::UnknownCredential);
    Activity {
        kind: Some(CredentialType::Fob),
        fob: Some("15408774".to_owned()),
        commit: CommitId::from_bytes([1; 20]),
        ..Activity::new(time, "frontdoor".parse().unwrap(), result, reason)
    }
}

/// Lets a process write activities, and end.
pub(crate) fn write(dir: &Path, process: &str, times: impl IntoIterator<Item = Timestamp>) {
    let journal = Journal::open(dir, process, |words| panic!("{words}")).unwrap();
    times.into_iter().for_each(|time| journal.append(activity(time)));
}

/// The file of a process's January.
pub(crate) fn january(dir: &Path, process: &str) -> PathBuf {
    dir.join(format!("{process}-2026-01.jsonl"))
}

/// Cuts a file after its first so many lines.
pub(crate) fn cut(path: &Path, lines: usize) {
    let text = fs::read_to_string(path).unwrap();
    let kept: String = text.split_inclusive('\n').take(lines).collect();
    fs::write(path, kept).unwrap();
}
