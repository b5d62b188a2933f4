//! Members' folders in the trees: listing them, and reading one.

use std::str::FromStr;

use git2::Oid;
use serde::de::DeserializeOwned;

use crate::{
    domain::model::{Finding, FindingCode, MemberFolder, MemberId, RecordPath, Slot, Slug, Tag},
    store::objects::{
        database::Database,
        record::{damaged, read_as},
        tree::{self, Mode},
    },
};

/// Lists the folders of up to a hundred members each, given the tree of `members/`.
pub(in crate::store) fn buckets(
    from: Database<'_>,
    members: Oid,
    findings: &mut Vec<Finding>,
) -> Vec<(String, Oid)> {
    let object = match from.read(members) {
        Ok(object) => object,
        Err(error) => {
            findings.push(damaged("members", &error));
            return Vec::new();
        }
    };
    let folders = tree::entries(&object).filter(|entry| entry.mode == Mode::Folder);
    let mut buckets: Vec<_> = folders.map(|it| (it.shown().into_owned(), it.id)).collect();
    // git sorts 100 before 11.
    buckets.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
    // A tree written by git never has a name twice.
    buckets.dedup_by(|a, b| a.0 == b.0);
    buckets
}

/// Lists the members in such a folder and their own folders, sorted by number.
pub(in crate::store) fn bucket(
    from: Database<'_>,
    name: &str,
    id: Oid,
    findings: &mut Vec<Finding>,
) -> Vec<(MemberId, Oid)> {
    let object = match from.read(id) {
        Ok(object) => object,
        Err(error) => {
            findings.push(damaged(format!("members/{name}"), &error));
            return Vec::new();
        }
    };
    let mut members = Vec::new();
    for entry in tree::entries(&object).filter(|entry| entry.mode == Mode::Folder) {
        match entry.text().and_then(|text| belongs(text, name)) {
            Some(id) => members.push((id, entry.id)),
            None => findings.push(misplaced(format!("members/{name}/{}", entry.shown()))),
        }
    }
    // git sorts them like this, but something else may have written the tree.
    members.sort_by_key(|(id, _)| *id);
    members.dedup_by_key(|(id, _)| *id);
    members
}

/// Reads what access decisions need of a member's folder; unreadable records grant nothing and are
/// reported.
pub(in crate::store) fn read(
    from: Database<'_>,
    id: MemberId,
    tree: Oid,
    findings: &mut Vec<Finding>,
) -> MemberFolder {
    let (credentials, inductions) = (Vec::new(), Vec::new());
    let mut folder = MemberFolder { id, member: Slot::Absent, credentials, inductions };
    let object = match from.read(tree) {
        Ok(object) => object,
        Err(error) => {
            findings.push(damaged(RecordPath::Member(id), &error));
            folder.member = Slot::Unreadable;
            return folder;
        }
    };
    for entry in tree::entries(&object) {
        match entry.name {
            b"member.json" => {
                let read = read_as(from, &RecordPath::Member(id), entry.mode, entry.id);
                let found = &mut *findings;
                folder.member = read.map_or_else(
                    |finding| {
                        found.push(finding);
                        Slot::Unreadable
                    },
                    Slot::Read,
                );
            }
            b"credentials" => {
                let record_path = |tag: Tag| RecordPath::Credential(id, tag);
                let inner = (entry.mode, entry.id);
                folder.credentials = records(from, id, "credentials", inner, record_path, findings);
            }
            b"inductions" => {
                let record_path = |facility: Slug| RecordPath::Induction(id, facility);
                let inner = (entry.mode, entry.id);
                folder.inductions = records(from, id, "inductions", inner, record_path, findings);
            }
            _ => {}
        }
    }
    folder
}

/// Reads the records in a subfolder of a member's folder, sorted by name.
pub(in crate::store) fn records<N: FromStr + Ord + Clone, T: DeserializeOwned>(
    from: Database<'_>,
    member: MemberId,
    name: &str,
    folder: (Mode, Oid),
    record_path: impl Fn(N) -> RecordPath,
    findings: &mut Vec<Finding>,
) -> Vec<(N, T)> {
    let mut read = Vec::new();
    for (name, entry) in names(from, member, name, folder, findings) {
        let at = N::clone(&name);
        match read_as(from, &record_path(at), entry.0, entry.1) {
            Ok(record) => read.push((name, record)),
            Err(finding) => findings.push(finding),
        }
    }
    read
}

/// Lists the names in a subfolder of a member's folder, without extension, sorted.
pub(in crate::store) fn names<N: FromStr + Ord>(
    from: Database<'_>,
    member: MemberId,
    name: &str,
    (mode, folder): (Mode, Oid),
    findings: &mut Vec<Finding>,
) -> Vec<(N, (Mode, Oid))> {
    if mode != Mode::Folder {
        return Vec::new();
    }
    let path = format!("members/{}/{member}/{name}", member.bucket());
    let object = match from.read(folder) {
        Ok(object) => object,
        Err(error) => {
            findings.push(damaged(path, &error));
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for entry in tree::entries(&object) {
        let stem = entry.text().and_then(|name| name.strip_suffix(".json"));
        match stem.and_then(|name| name.parse().ok()) {
            Some(name) => names.push((name, (entry.mode, entry.id))),
            None => findings.push(misplaced(format!("{path}/{}", entry.shown()))),
        }
    }
    // git sorts by file name, `a-1.json` before `a.json`; here the name without its extension
    // counts.
    names.sort_by(|(a, _): &(N, _), (b, _)| a.cmp(b));
    names
}

/// Reads the name of a member's folder, if it is written correctly and lies in the right bucket.
fn belongs(name: &str, bucket: &str) -> Option<MemberId> {
    let id: MemberId = name.parse().ok()?;
    let written = name.len() == 4 || (name.len() > 4 && !name.starts_with('0'));
    (written && name.get(..name.len() - 2) == Some(bucket)).then_some(id)
}

/// Reports a file where no record belongs.
pub(in crate::store) fn misplaced(path: String) -> Finding {
    let message = match RecordPath::of(&path) {
        Err(message) => message,
        Ok(_) => "is not the name of a record".to_owned(),
    };
    Finding::error(FindingCode::Misplaced, path, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_belongs_where_its_number_says() {
        for number in [0, 7, 42, 99, 100, 3_870, 9_999, 10_000, 123_456, MemberId::MAX] {
            let id = MemberId::new(number).unwrap();
            assert_eq!(belongs(&id.to_string(), &id.bucket()), Some(id));
            assert_eq!(belongs(&format!("0{id}"), &id.bucket()), None);
            assert_eq!(belongs(&id.to_string(), "77"), None);
        }
        for name in ["", "4", "42", "042", "00a2", "\u{661}\u{662}"] {
            assert_eq!(belongs(name, "00"), None, "{name}");
        }
    }
}
