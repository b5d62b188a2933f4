//! Reads what belongs to no member: settings, tiers, facilities and their requirements.

use std::{collections::BTreeMap, str::FromStr};

use git2::Oid;
use serde::de::DeserializeOwned;

use crate::domain::model::{
    Basis, CommitId, FacilityFolder, Finding, Record, RecordPath, Slot, Slug, Tag,
};
use crate::store::{
    Revision, json, newer,
    objects::record::{blob, damaged},
    objects::tree::Mode,
    roster::folder::misplaced,
};

/// Unreadable records, to be looked for in the history.
#[derive(Default)]
struct Gaps {
    findings: BTreeMap<RecordPath, Finding>,
    others: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl Revision<'_> {
    /// Reads everything that belongs to no member.
    ///
    /// An unreadable record is replaced by its version in the newest ancestor in which it could be
    /// read, so the result depends on the commit alone. Each such record is reported.
    #[must_use]
    pub fn basis(&self) -> (Basis, Vec<Finding>) {
        let mut gaps = Gaps { warnings: Vec::from_iter(self.newer()), ..Gaps::default() };
        let mut basis = Basis::default();
        if let Some((mode, id)) = gaps.found_or_reported(self.find("space.json")).flatten() {
            basis.space = self.slot(&RecordPath::Space, mode, id, &mut gaps);
        }
        for (name, mode, id) in self.list_folder::<Slug>("tiers", Some(".json"), &mut gaps) {
            let slot = self.slot(&RecordPath::Tier(name.clone()), mode, id, &mut gaps);
            basis.tiers.insert(name, slot);
        }
        for (name, mode, _) in self.list_folder::<Slug>("facilities", None, &mut gaps) {
            if mode != Mode::Folder {
                gaps.others.push(misplaced(format!("facilities/{name}")));
                continue;
            }
            let folder = self.facility(&name, &mut gaps);
            basis.facilities.insert(name, folder);
        }
        self.fill_gaps(&mut basis, &mut gaps);
        let mut findings: Vec<Finding> = gaps.findings.into_values().collect();
        findings.extend(gaps.others);
        findings.extend(gaps.warnings);
        findings.sort();
        (basis, findings)
    }

    /// Reads a facility's folder. An entry that is not understood may be a requirement.
    fn facility(&self, name: &Slug, gaps: &mut Gaps) -> FacilityFolder {
        let mut folder = FacilityFolder::default();
        let record_path = RecordPath::Facility(name.clone());
        if let Some((mode, id)) =
            gaps.found_or_reported(self.find(&record_path.to_string())).flatten()
        {
            folder.facility = self.slot(&record_path, mode, id, gaps);
        }
        let known = gaps.others.len();
        let path = format!("facilities/{name}");
        for (inner, mode, _) in self.list_folder::<String>(&path, None, gaps) {
            let understood = match &*inner {
                "facility.json" => true, // if it is a folder, that is reported where it is read
                "requirements" => mode == Mode::Folder,
                _ => false,
            };
            if !understood {
                gaps.others.push(misplaced(format!("{path}/{inner}")));
            }
        }
        let path = format!("{path}/requirements");
        for (tag, mode, id) in self.list_folder::<Tag>(&path, Some(".json"), gaps) {
            let record_path = RecordPath::Requirement(name.clone(), tag.clone());
            let slot = self.slot(&record_path, mode, id, gaps);
            folder.requirements.insert(tag, slot);
        }
        folder.strange = gaps.others.len() > known;
        for finding in &mut gaps.others[known..] {
            finding.message.push_str("; until it is taken away, the facility stays shut");
        }
        folder
    }

    fn slot<T: DeserializeOwned>(
        &self,
        record_path: &RecordPath,
        mode: Mode,
        id: Oid,
        gaps: &mut Gaps,
    ) -> Slot<T> {
        let read = blob(self.database, record_path, mode, id).and_then(|bytes| {
            newer::read(
                record_path,
                &bytes,
                || self.is_newer(),
                |bytes| json::parse(record_path, bytes),
            )
        });
        match read {
            Ok((record, warning)) => {
                gaps.warnings.extend(warning);
                Slot::Read(record)
            }
            Err(finding) => {
                gaps.findings.insert(record_path.clone(), finding);
                Slot::Unreadable
            }
        }
    }

    /// Lists the names in a folder without their extension; other names are reported.
    fn list_folder<N: FromStr>(
        &self,
        path: &str,
        ending: Option<&str>,
        gaps: &mut Gaps,
    ) -> Vec<(N, Mode, Oid)> {
        let Some((Mode::Folder, id)) = gaps.found_or_reported(self.find(path)).flatten() else {
            return Vec::new();
        };
        let tree = match self.database.tree(id) {
            Ok(tree) => tree,
            Err(error) => {
                gaps.others.push(damaged(path, &error));
                return Vec::new();
            }
        };
        let mut names = Vec::new();
        for entry in tree.entries() {
            let stem = |name| ending.map_or(Some(name), |ending| str::strip_suffix(name, ending));
            match entry.text().and_then(stem).and_then(|name| name.parse().ok()) {
                Some(name) => names.push((name, entry.mode, entry.id)),
                None => gaps.others.push(misplaced(format!("{path}/{}", entry.shown()))),
            }
        }
        names
    }

    /// Fills each gap with the last good version of its record.
    fn fill_gaps(&self, basis: &mut Basis, gaps: &mut Gaps) {
        let paths: Vec<RecordPath> = gaps.findings.keys().cloned().collect();
        for (record_path, commit, record) in self.last_good(&paths) {
            if let Some(finding) = gaps.findings.get_mut(&record_path) {
                finding.message.push_str(&in_force(commit));
            }
            match (record_path, record) {
                (RecordPath::Space, Record::Space(it)) => basis.space = Slot::Read(it),
                (RecordPath::Tier(name), Record::Tier(it)) => {
                    basis.tiers.insert(name, Slot::Read(it));
                }
                (RecordPath::Facility(name), Record::Facility(it)) => {
                    basis.facilities.entry(name).or_default().facility = Slot::Read(it);
                }
                (RecordPath::Requirement(name, tag), Record::Requirement(it)) => {
                    let folder = basis.facilities.entry(name).or_default();
                    folder.requirements.insert(tag, Slot::Read(it));
                }
                _ => {}
            }
        }
    }
}

fn in_force(commit: CommitId) -> String {
    format!("; until it is corrected, its version in commit {} stays in force", commit.short())
}

impl Gaps {
    fn found_or_reported<T>(&mut self, result: Result<T, Finding>) -> Option<T> {
        result.map_err(|finding| self.others.push(finding)).ok()
    }
}
