//! The records of a past moment or commit, and how they come back.

use jiff::{Timestamp, tz::TimeZone};

use super::{AppError, when};
use crate::{
    domain::{
        merge,
        model::{Change, CommitId, Note, Record, RecordPath, Subject},
        ops::Plan,
        records::Records as _,
    },
    store::{Revision, Store, history::LogScope},
};

/// Finds the commit that is meant: by its id or name, or the newest at a moment.
///
/// # Errors
/// Fails if it is neither a commit nor a moment, or if the history begins later.
pub fn commit(
    store: &Store,
    text: &str,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<CommitId, AppError> {
    let at = match when::past_moment(text, zone, now) {
        Ok(at) => at,
        Err(_) => return Ok(store.resolve(text)?),
    };
    let found = store.commit_at(at)?;
    found.ok_or_else(|| {
        AppError::user(format!("the history begins after {}", when::local(at, zone)))
    })
}

/// Plans to bring back records as they were: one, or all of a member or a facility. What was added
/// since stays, and so does what is the same.
///
/// # Errors
/// Fails if there was nothing then, if a record cannot be read, or if all is as it was.
pub fn restore(
    head: &Revision<'_>,
    then: &Revision<'_>,
    what: &LogScope,
) -> Result<Plan, AppError> {
    let (paths, subject) = match what {
        LogScope::Record(path) => (vec![path.clone()], subject_of(path)),
        LogScope::Member(id) => {
            (then.within(*id), Subject::new("restore: the records of").and(*id))
        }
        LogScope::Facility(name) => {
            let tags = then.requirements(name).into_iter();
            let requirements = tags.map(|tag| RecordPath::Requirement(name.clone(), tag));
            let facility = RecordPath::Facility(name.clone());
            let subject = Subject::new("restore: the facility").and(name);
            ([facility].into_iter().chain(requirements).collect(), subject)
        }
        LogScope::Everything | LogScope::EveryCommit => (Vec::new(), Subject::new("restore:")),
    };
    let mut change = Change::new(subject, "restore");
    let mut notes: Vec<Note> = Vec::new();
    let mut found = false;
    for path in paths {
        let read = then.record(&path).map_err(|finding| {
            AppError::data(format!("{path} could not be read then either: {}", finding.message))
        })?;
        let Some(record) = read else { continue };
        found = true;
        if head.record(&path).ok().flatten().as_ref() == Some(&record) {
            continue;
        }
        if let Record::Credential(_) = &record
            && !head.exists(&path)
        {
            notes.push(format!("{path} was revoked since, and opens again").into());
        }
        change = change.put(path, record);
    }
    if !found {
        return Err(AppError::user(format!(
            "there was nothing like that in commit {}",
            then.id().short()
        )));
    }
    // The same money may be credited to somebody else by now, and a facility may be gone.
    let mended = merge::mend(head, &change, None);
    change.edits.extend(mended.edits);
    if change.edits.is_empty() {
        return Err(AppError::user(format!(
            "nothing to do: it is as it was in commit {}",
            then.id().short()
        )));
    }
    Ok(Plan { change, notes })
}

fn subject_of(path: &RecordPath) -> Subject {
    match (path.member(), path.facility()) {
        (Some(id), _) => Subject::new("restore: a record of").and(id),
        (_, Some(name)) => Subject::new("restore: a record of").and(name),
        _ => Subject::new("restore: a record"),
    }
}
