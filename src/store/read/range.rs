//! What differs between two commits as a change, for checks that cost by the change.

use crate::domain::model::{Change, CommitId, Finding, FindingCode, RecordPath, record_path};
use crate::store::{Revision, StoreError, objects::record::blob, objects::tree::Mode};

impl Revision<'_> {
    /// Reads what differs from another commit: the records as a change, and what is wrong with the
    /// files themselves. A record that became unreadable is told and left out of the change.
    ///
    /// # Errors
    /// A tree cannot be read.
    pub fn change_since(&self, older: CommitId) -> Result<(Change, Vec<Finding>), StoreError> {
        let mut change = Change::new("", "");
        let mut findings = Vec::from_iter(self.newer());
        for changed in self.changes_since(older)? {
            if changed.new.is_none() {
                if let Some(record_path) = changed.record_path {
                    change = change.remove(record_path);
                }
                continue;
            }
            // The path of a name that is no UTF-8 is a replacement, and so not found.
            let found = self.find(&changed.path).ok().flatten();
            let seen = found.map(|(mode, _)| mode);
            findings.extend(self::file(&changed.path, seen));
            let (Some(record_path), Some((mode, id))) = (changed.record_path, found) else {
                continue;
            };
            let bytes = blob(self.database, &record_path, mode, id);
            match bytes.and_then(|bytes| self.strict(&record_path, &bytes)) {
                Ok((record, warning)) => {
                    findings.extend(warning);
                    change = change.put(record_path, record);
                }
                Err(finding) => findings.push(finding),
            }
        }
        findings.sort();
        Ok((change, findings))
    }
}

/// Returns what is wrong with a file whatever its content is; it has no mode if it has no name.
pub(in crate::store) fn file(path: &str, mode: Option<Mode>) -> Option<Finding> {
    let Some(mode) = mode else {
        let message = "has a name that is no UTF-8; rename it";
        return Some(Finding::error(FindingCode::NoUtf8Name, path, message));
    };
    let ours = path.split('/').next().is_some_and(record_path::is_folder);
    match (mode, RecordPath::of(path)) {
        (Mode::Executable, Ok(Some(_))) => {
            let message = "is marked as a program; chmod -x it";
            Some(Finding::warning(FindingCode::Executable, path, message))
        }
        (_, Ok(Some(_))) => None,
        (_, Err(message)) => Some(Finding::error(FindingCode::Misplaced, path, message)),
        (Mode::Link | Mode::Module, Ok(None)) if ours => {
            let message = "is a link; folders and records are plain";
            Some(Finding::error(FindingCode::NoPlainFile, path, message))
        }
        (_, Ok(None)) => None,
    }
}
