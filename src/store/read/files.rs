//! Every file of a commit, record or not, for a check of everything.

use git2::Oid;

use crate::{
    domain::model::{Finding, FindingCode, Place, Record},
    store::{
        Revision,
        objects::{
            compare::DEEPEST,
            record::{blob, damaged},
            tree::Mode,
        },
        read::range,
    },
};

impl Revision<'_> {
    /// Goes through every file, and gives each record, or why it cannot be read, to `f`. Returns
    /// what is wrong with names, folders and kinds of files.
    pub fn files(&self, mut f: impl FnMut(Place, Result<Record, Finding>)) -> Vec<Finding> {
        let mut findings = Vec::from_iter(self.newer());
        self.walk("", self.tree, 0, &mut f, &mut findings);
        findings.sort();
        findings
    }

    fn walk(
        &self,
        above: &str,
        folder: Oid,
        depth: usize,
        f: &mut impl FnMut(Place, Result<Record, Finding>),
        findings: &mut Vec<Finding>,
    ) {
        let tree = match self.database.tree(folder) {
            Ok(tree) if depth < DEEPEST => tree,
            Ok(_) => {
                let message = "lies too deep; no record does";
                return findings.push(Finding::error(FindingCode::Misplaced, above, message));
            }
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
            match (entry.mode, Place::of(&path)) {
                (Mode::Folder, Ok(Some(place))) => {
                    let bytes = blob(self.database, &place, entry.mode, entry.id);
                    let read = bytes.and_then(|bytes| self.strict(&place, &bytes));
                    f(place, told(read, findings));
                }
                (Mode::Folder, _) => self.walk(&path, entry.id, depth + 1, f, findings),
                (mode, Ok(Some(place))) => {
                    findings.extend(range::file(&path, Some(mode)));
                    let bytes = blob(self.database, &place, mode, entry.id);
                    let read = bytes.and_then(|bytes| self.strict(&place, &bytes));
                    f(place, told(read, findings));
                }
                (mode, _) => findings.extend(range::file(&path, Some(mode))),
            }
        }
    }
}

/// Puts the warning of a record among the findings.
fn told(
    read: Result<(Record, Option<Finding>), Finding>,
    findings: &mut Vec<Finding>,
) -> Result<Record, Finding> {
    let (record, warning) = read?;
    findings.extend(warning);
    Ok(record)
}
