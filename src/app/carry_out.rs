//! The one way in which plans are carried out: checked, then shown or committed.

use jiff::Timestamp;

use super::{AppError, upkeep};
use crate::{
    domain::{
        model::{Edit, Finding},
        ops::Plan,
    },
    store::{Applied, Revision, StoreError, json},
};

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

/// Commits what was planned by a revision.
///
/// # Errors
/// Fails with all findings if it may not be committed, or if the store cannot commit it.
pub fn carry_out(base: &Revision<'_>, plan: &Plan, now: Timestamp) -> Result<Applied, AppError> {
    let store = base.store();
    let done = store.apply(&plan.change, base.id(), &store.author()?, now);
    let done = done.map_err(|error| match error {
        StoreError::Refused(findings) => StoreError::Refused(errors(&findings)),
        other => other,
    })?;
    upkeep::begin(store);
    Ok(done)
}

/// Shows what would be committed of what was planned by a revision, and writes nothing.
///
/// # Errors
/// Fails with all findings if it may not be committed, or if the repository cannot be read.
pub fn preview(base: &Revision<'_>, plan: &Plan) -> Result<Preview, AppError> {
    let findings = base.store().check(&plan.change)?;
    let errors = errors(&findings);
    if !errors.is_empty() {
        return Err(StoreError::Refused(errors).into());
    }
    let file = |(place, edit): (_, &Edit)| {
        let after = match edit {
            Edit::Put(record) => json::canonical(record),
            Edit::Remove => Vec::new(),
        };
        let before = base.bytes(place).unwrap_or_default();
        File { path: place.to_string(), before, after }
    };
    Ok(Preview { files: plan.change.edits.iter().map(file).collect(), findings })
}

/// Returns what keeps a change from being committed; the rest would only hide it.
fn errors(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|it| it.is_error()).cloned().collect()
}
