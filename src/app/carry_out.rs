//! The one way in which plans are carried out: checked, then shown or committed.

use jiff::Timestamp;

use super::AppError;
use crate::{
    domain::{
        model::{CommitId, Edit, Finding},
        ops::Plan,
    },
    store::{Store, StoreError, json},
};

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// The commit.
    pub commit: CommitId,
    /// What checks found that keeps nothing from being committed.
    pub findings: Vec<Finding>,
}

/// What would be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// Each file, sorted by path.
    pub files: Vec<File>,
    /// What checks found that keeps nothing from being committed.
    pub findings: Vec<Finding>,
}

/// A file that would be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Where, from the top of the data folder.
    pub path: String,
    /// Its bytes now; none where it is new.
    pub before: Vec<u8>,
    /// Its bytes then; none where it is removed.
    pub after: Vec<u8>,
}

/// Commits what is planned.
///
/// # Errors
/// All findings if it may not be committed, or what kept the store from committing it.
pub fn carry_out(store: &Store, plan: &Plan, now: Timestamp) -> Result<Done, AppError> {
    let findings = passes(store, plan)?;
    let commit = store.apply(&plan.change, &store.author()?, now)?;
    Ok(Done { commit, findings })
}

/// Shows what would be committed, and writes nothing.
///
/// # Errors
/// All findings if it may not be committed, or that the repository cannot be read.
pub fn preview(store: &Store, plan: &Plan) -> Result<Preview, AppError> {
    let findings = passes(store, plan)?;
    let head = store.read(store.head()?)?;
    let file = |(place, edit): (_, &Edit)| {
        let after = match edit {
            Edit::Put(record) => json::canonical(record),
            Edit::Remove => Vec::new(),
        };
        let before = head.bytes(place).unwrap_or_default();
        File { path: place.to_string(), before, after }
    };
    Ok(Preview { files: plan.change.edits.iter().map(file).collect(), findings })
}

/// Checks what is planned, and returns what keeps nothing from being committed.
fn passes(store: &Store, plan: &Plan) -> Result<Vec<Finding>, AppError> {
    let findings = store.check(&plan.change)?;
    let errors: Vec<Finding> = findings.iter().filter(|it| it.is_error()).cloned().collect();
    if errors.is_empty() { Ok(findings) } else { Err(StoreError::Refused(errors).into()) }
}
