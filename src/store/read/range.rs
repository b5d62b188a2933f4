//! The differences between two commits as a change, so that a check costs as much as they are
//! large.

use crate::domain::model::{Change, CommitId, Finding, FindingCode, RecordPath, record_path};
use crate::store::{Revision, StoreError, objects::record::blob, objects::tree::Mode};

impl Revision<'_> {
    /// Reads the differences from another commit: the records as a change, and findings about the
    /// files themselves. A record that became unreadable is reported and left out of the change.
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
            // The path of a name with invalid UTF-8 is a replacement, and so is not found.
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

/// Returns what is wrong with a file regardless of its content; it has no mode if it has no name.
pub(in crate::store) fn file(path: &str, mode: Option<Mode>) -> Option<Finding> {
    let Some(mode) = mode else {
        let message = "has a name that is not UTF-8; rename it";
        return Some(Finding::error(FindingCode::NoUtf8Name, path, message));
    };
    let ours = path.split('/').next().is_some_and(record_path::is_folder);
    match (mode, RecordPath::of(path)) {
        (Mode::Executable, Ok(Some(_))) => {
            let message = "is marked as executable; run `chmod -x` on it";
            Some(Finding::warning(FindingCode::Executable, path, message))
        }
        (_, Ok(Some(_))) => None,
        (_, Err(message)) => Some(Finding::error(FindingCode::Misplaced, path, message)),
        (Mode::Link | Mode::Module, Ok(None)) if ours => {
            let message = "is a symbolic link; replace it by a plain file or folder";
            Some(Finding::error(FindingCode::NoPlainFile, path, message))
        }
        (Mode::Folder, Ok(None)) => {
            let meant = record_path::meant(path)?;
            let message = format!("is not looked into; rename it if records lie in it: {meant}");
            Some(Finding::error(FindingCode::Misplaced, path, message))
        }
        (_, Ok(None)) => None,
    }
}
