//! The one way in which plans are carried out: check, then show or commit.

use jiff::Timestamp;

use super::{AppError, upkeep, zone};
use crate::{
    domain::{
        model::{Change, Edit, Finding, MemberId, Record, RecordPath, text},
        ops::{self, Plan},
        records,
    },
    store::{Applied, Author, Revision, StoreError, json},
};

/// What would be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// Each file, sorted by path.
    pub files: Vec<FilePreview>,
    /// Findings that do not keep the change from being committed.
    pub findings: Vec<Finding>,
}

/// A file that would be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilePreview {
    /// The path, relative to the data folder.
    pub path: String,
    /// Its bytes now; empty if it is new.
    pub before: Vec<u8>,
    /// Its bytes afterwards; empty if it is removed.
    pub after: Vec<u8>,
}

/// Refuses what somebody who asked for it can hardly mean, such as money of a day to come.
///
/// # Errors
/// Says what is hardly meant.
pub fn check_meaning(base: &Revision<'_>, plan: &Plan, now: Timestamp) -> Result<(), AppError> {
    let today = now.to_zoned(zone::or_utc(base)).date();
    Ok(ops::plausible(base, &plan.change, today)?)
}

/// Commits a plan that was worked out from a revision.
///
/// # Errors
/// Fails with all findings if it may not be committed, or if the store cannot commit it.
pub fn carry_out(base: &Revision<'_>, plan: &Plan, now: Timestamp) -> Result<Applied, AppError> {
    carry_out_as(base, plan, &base.store().author()?, now)
}

/// Commits a plan like [`carry_out`], for somebody else than the user of this process.
///
/// # Errors
/// Fails in the same cases.
pub fn carry_out_as(
    base: &Revision<'_>,
    plan: &Plan,
    author: &Author,
    now: Timestamp,
) -> Result<Applied, AppError> {
    let store = base.store();
    let done = store.apply(&plan.change, base.id(), author, now);
    let done = done.map_err(|error| match error {
        StoreError::Refused(findings) => StoreError::Refused(errors(&findings)),
        other => other,
    })?;
    upkeep::begin(store);
    Ok(done)
}

/// Returns what a change does, in words: its subject, with the name beside each member's number.
#[must_use]
pub fn in_words(base: &Revision<'_>, change: &Change) -> String {
    let who = |id: MemberId| match change.edits.get(&RecordPath::Member(id)) {
        Some(Edit::Put(record)) => match &**record {
            Record::Member(member) => format!("{id} {}", text::shown(&member.name)),
            _ => id.to_string(),
        },
        _ => records::who(base, id),
    };
    change.subject.with(who)
}

/// Returns what a plan worked out from a revision would write, and writes nothing.
///
/// # Errors
/// Fails with all findings if it may not be committed, or if the repository cannot be read.
pub fn preview(base: &Revision<'_>, plan: &Plan, now: Timestamp) -> Result<Preview, AppError> {
    let findings = base.store().check(&plan.change, now)?;
    let errors = errors(&findings);
    if !errors.is_empty() {
        return Err(StoreError::Refused(errors).into());
    }
    let file = |(place, edit): (_, &Edit)| {
        let before = base.bytes(place).unwrap_or_default();
        let after = match edit {
            Edit::Put(record) => json::canonical_like(record, &before),
            Edit::Remove => Vec::new(),
        };
        FilePreview { path: place.to_string(), before, after }
    };
    Ok(Preview { files: plan.change.edits.iter().map(file).collect(), findings })
}

/// Returns the findings that keep a change from being committed; the rest would only hide them.
fn errors(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|it| it.is_error()).cloned().collect()
}
