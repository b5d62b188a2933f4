//! Checks the data and returns everything that is wrong.

use std::path::{Path, PathBuf};

use super::AppError;
use crate::{
    domain::{
        check,
        model::{Advice, CommitId, Finding, FindingCode, RecordPath},
        records::Catalogue,
    },
    store::{Revision, Store},
    time_zones,
};

/// Returns everything that is wrong with all records of a revision.
#[must_use]
pub fn all(revision: &Revision<'_>) -> Vec<Finding> {
    // What follows is not made for a commit with more in it than a space may have.
    if let Some(finding) = revision.unsound() {
        return vec![finding];
    }
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

/// Returns everything that is wrong with what the next `git commit` would commit, given the index
/// that git passes to its hooks, if it passes one.
///
/// # Errors
/// Fails if the index or the newest commit cannot be read.
pub fn staged(store: &Store, index: Option<&Path>) -> Result<Vec<Finding>, AppError> {
    let draft = store.staged(index)?;
    let mut findings = all(&draft.read()?);
    findings.extend(store.outdated(&draft)?.into_iter().map(outdated));
    findings.sort();
    Ok(findings)
}

fn outdated(path: String) -> Finding {
    let stage = format!("stage it as it is: `git reset -q -- {path}`");
    let message = "an older version is staged than the newest commit has, although nobody has \
                   edited the file: committing it would undo a change";
    Finding::error(FindingCode::OutdatedIndex, path, message).advise(Advice::from(stage))
}

/// Returns what a range of commits breaks; the cost depends on what the range changes.
///
/// # Errors
/// Fails if a commit cannot be read.
pub fn between(store: &Store, old: CommitId, new: CommitId) -> Result<Vec<Finding>, AppError> {
    let new = store.read(new)?;
    if let Some(finding) = new.unsound() {
        return Ok(vec![finding]);
    }
    let Ok((change, mut findings)) = new.change_since(old) else {
        // If the two cannot be compared, everything wrong with the newer one is reported.
        return Ok(all(&new));
    };
    findings.extend(check::change(&change, &store.read(old)?));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Returns the files that differ from the newest commit, apart by whether somebody seems to have edited
/// them, or they are as they were in an earlier commit.
///
/// # Errors
/// Fails if the files cannot be read.
pub fn edited_and_old(store: &Store) -> Result<(Vec<String>, Vec<String>), AppError> {
    let changed = store.unsaved_files()?;
    let old = store.left_behind(&changed)?;
    let edited = changed.into_iter().map(|it| it.path).filter(|path| !old.contains(path));
    Ok((edited.collect(), old))
}

/// Returns the records that differ between the newest commit and the files as they are.
///
/// # Errors
/// Fails if the files cannot be read.
pub fn unsaved(store: &Store) -> Result<Vec<(String, Option<RecordPath>)>, AppError> {
    let changed = store.unsaved_files()?;
    Ok(changed.into_iter().map(|changed| (changed.path, changed.record_path)).collect())
}
