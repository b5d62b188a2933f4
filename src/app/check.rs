//! Checks the data and returns everything that is wrong.

use std::path::PathBuf;

use super::AppError;
use crate::{
    domain::{
        check,
        model::{CommitId, Finding, RecordPath},
        records::Catalogue,
    },
    store::{Revision, Store},
    time_zones,
};

/// Returns everything that is wrong with all records of a revision.
#[must_use]
pub fn all(revision: &Revision<'_>) -> Vec<Finding> {
    let mut catalogue = Catalogue::default();
    let mut unreadable = Vec::new();
    let mut findings = revision.files(|record_path, record| match record {
        Ok(record) => catalogue.insert(record_path, record),
        Err(finding) => {
            unreadable.push(finding);
            catalogue.insert_unreadable(record_path);
        }
    });
    findings.extend(unreadable);
    findings.extend(check::all(&catalogue));
    findings.sort();
    findings.dedup();
    findings
}

/// Returns the same as [`all`], from the cache if possible.
#[must_use]
pub fn cached(revision: &Revision<'_>) -> Vec<Finding> {
    revision.verdict(&fingerprint(), all)
}

/// Identifies everything that a check depends on besides the records: this program and its time
/// zones.
fn fingerprint() -> String {
    let modified = |path: PathBuf| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.modified().ok()?, file.len()))
    };
    let program = std::env::current_exe().ok().and_then(modified);
    format!("{} {program:?} {}", env!("CARGO_PKG_VERSION"), time_zones::edition())
}

/// Returns what a range of commits breaks; the cost depends on what the range changes.
///
/// # Errors
/// Fails if a commit cannot be read.
pub fn between(store: &Store, old: CommitId, new: CommitId) -> Result<Vec<Finding>, AppError> {
    let new = store.read(new)?;
    let Ok((change, mut findings)) = new.change_since(old) else {
        // If the two cannot be compared, everything wrong with the newer one is reported.
        return Ok(all(&new));
    };
    findings.extend(new.odd_folder());
    findings.extend(check::change(&change, &store.read(old)?));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Returns the records that differ between the newest commit and the files as they are.
///
/// # Errors
/// Fails if the files cannot be read.
pub fn unsaved(store: &Store) -> Result<Vec<(String, Option<RecordPath>)>, AppError> {
    let changed = store.unsaved_files()?;
    Ok(changed.into_iter().map(|changed| (changed.path, changed.record_path)).collect())
}
