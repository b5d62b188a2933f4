//! Every file of a commit, whether a record or not, for a complete check.

use git2::Oid;

use crate::{
    domain::model::{Finding, Record, RecordPath, record_path},
    store::{
        Revision,
        objects::{
            record::{blob, damaged},
            tree::Mode,
        },
        read::range,
    },
};

impl Revision<'_> {
    /// Visits every file and passes each record, or why it cannot be read, to `f`. Returns the
    /// findings about names, folders and types of files.
    pub fn files(&self, mut f: impl FnMut(RecordPath, Result<Record, Finding>)) -> Vec<Finding> {
        let mut findings = Vec::from_iter(self.newer());
        self.walk("", self.tree, &mut f, &mut findings);
        findings.sort();
        findings
    }

    fn walk(
        &self,
        above: &str,
        folder: Oid,
        f: &mut impl FnMut(RecordPath, Result<Record, Finding>),
        findings: &mut Vec<Finding>,
    ) {
        let tree = match self.database.tree(folder) {
            Ok(tree) => tree,
            Err(error) => return findings.push(damaged(above, &error)),
        };
        for entry in tree.entries() {
            let path = if above.is_empty() {
                entry.shown().into_owned()
            } else {
                format!("{above}/{}", entry.shown())
            };
            if entry.text().is_none() {
                findings.extend(range::file(&path, None));
                continue;
            }
            match (entry.mode, RecordPath::of(&path)) {
                (Mode::Folder, Ok(Some(record_path))) => {
                    let bytes = blob(self.database, &record_path, entry.mode, entry.id);
                    let read = bytes.and_then(|bytes| self.strict(&record_path, &bytes));
                    f(record_path, told(read, findings));
                }
                (Mode::Folder, _) if record_path::holds(&path) => {
                    self.walk(&path, entry.id, f, findings);
                }
                (mode, Ok(Some(record_path))) => {
                    findings.extend(range::file(&path, Some(mode)));
                    let bytes = blob(self.database, &record_path, mode, entry.id);
                    let read = bytes.and_then(|bytes| self.strict(&record_path, &bytes));
                    f(record_path, told(read, findings));
                }
                (mode, _) => findings.extend(range::file(&path, Some(mode))),
            }
        }
    }
}

/// Adds the warning about a record to the findings.
fn told(
    read: Result<(Record, Option<Finding>), Finding>,
    findings: &mut Vec<Finding>,
) -> Result<Record, Finding> {
    let (record, warning) = read?;
    findings.extend(warning);
    Ok(record)
}
