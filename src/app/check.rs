//! Everything that is wrong with the data, at once.

use super::AppError;
use crate::{
    domain::{
        check,
        model::{CommitId, Finding, Place},
        records::Catalogue,
    },
    store::{Revision, Store},
};

/// Returns everything that is wrong with all records of a revision.
#[must_use]
pub fn all(revision: &Revision<'_>) -> Vec<Finding> {
    let mut catalogue = Catalogue::default();
    let mut unreadable = Vec::new();
    let mut findings = revision.files(|place, record| match record {
        Ok(record) => catalogue.insert(place, record),
        Err(finding) => {
            unreadable.push(finding);
            catalogue.insert_unreadable(place);
        }
    });
    findings.extend(unreadable);
    findings.extend(check::all(&catalogue));
    findings.sort();
    findings.dedup();
    findings
}

/// Returns what a range of commits breaks, at a cost that goes by what it changes.
///
/// # Errors
/// That a commit cannot be read.
pub fn between(store: &Store, old: CommitId, new: CommitId) -> Result<Vec<Finding>, AppError> {
    let (change, mut findings) = store.read(new)?.change_since(old)?;
    findings.extend(check::change(&change, &store.read(old)?));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Returns the records that differ between the newest commit and the files as they are.
///
/// # Errors
/// That the files cannot be read.
pub fn unsaved(store: &Store) -> Result<Vec<(String, Option<Place>)>, AppError> {
    if store.workdir().is_none() {
        return Ok(Vec::new());
    }
    let draft = store.unsaved()?;
    let changed = draft.read()?.changes_since(store.head()?)?;
    // What begins with a dot at the top is git's business, not a record.
    let ours = changed.into_iter().filter(|changed| !changed.path.starts_with('.'));
    Ok(ours.map(|changed| (changed.path, changed.place)).collect())
}
