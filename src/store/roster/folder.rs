//! Members' folders in the trees: listing them, and reading one.

use std::str::FromStr;

use git2::Oid;
use serde::de::DeserializeOwned;

use super::salvage;
use crate::{
    domain::model::{
        Credential, Finding, FindingCode, MemberFolder, MemberId, RecordPath, Slot, Slug, Tag,
        Unread,
    },
    store::objects::{
        database::Database,
        record::{damaged, read_as},
        tree::Mode,
    },
};

/// Lists the folders of up to a hundred members each, given the tree of `members/`.
pub(in crate::store) fn buckets(
    database: Database<'_>,
    members: Oid,
    findings: &mut Vec<Finding>,
) -> Vec<(String, Oid)> {
    let tree = match database.tree(members) {
        Ok(tree) => tree,
        Err(error) => {
            findings.push(damaged("members", &error));
            return Vec::new();
        }
    };
    let folders = tree.entries().filter(|entry| entry.mode == Mode::Folder);
    let mut buckets: Vec<_> = folders.map(|it| (it.shown().into_owned(), it.id)).collect();
    // git sorts 100 before 11.
    buckets.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
    buckets
}

/// Lists the members in such a folder and their own folders, sorted by number.
pub(in crate::store) fn bucket(
    database: Database<'_>,
    name: &str,
    id: Oid,
    findings: &mut Vec<Finding>,
) -> Vec<(MemberId, Oid)> {
    let tree = match database.tree(id) {
        Ok(tree) => tree,
        Err(error) => {
            findings.push(damaged(format!("members/{name}"), &error));
            return Vec::new();
        }
    };
    let mut members = Vec::new();
    for entry in tree.entries().filter(|entry| entry.mode == Mode::Folder) {
        match entry.text().and_then(|text| parse_member_name(text, name)) {
            Some(id) => members.push((id, entry.id)),
            None => findings.push(misplaced(format!("members/{name}/{}", entry.shown()))),
        }
    }
    // git sorts names of the same length, as in one bucket, by number.
    members
}

/// Reads what access decisions need of a member's folder; unreadable records grant nothing and are
/// reported.
pub(in crate::store) fn read(
    database: Database<'_>,
    id: MemberId,
    tree: Oid,
    findings: &mut Vec<Finding>,
) -> MemberFolder {
    let mut folder = MemberFolder::new(id);
    let tree = match database.tree(tree) {
        Ok(tree) => tree,
        Err(error) => {
            findings.push(damaged(member_path(id), &error));
            folder.member = Slot::Unreadable;
            return folder;
        }
    };
    for entry in tree.entries() {
        match entry.name {
            b"member.json" => {
                let read = read_as(database, &RecordPath::Member(id), entry.mode, entry.id);
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
                let inner = (entry.mode, entry.id);
                (folder.credentials, folder.unread) = credentials(database, id, inner, findings);
            }
            b"inductions" => {
                let record_path = |facility: Slug| RecordPath::Induction(id, facility);
                let inner = (entry.mode, entry.id);
                folder.inductions =
                    records(database, id, "inductions", inner, record_path, findings);
            }
            _ => {}
        }
    }
    folder
}

/// Reads a member's credentials, sorted by tag, and the codes found in unreadable ones.
fn credentials(
    database: Database<'_>,
    id: MemberId,
    folder: (Mode, Oid),
    findings: &mut Vec<Finding>,
) -> (Vec<(Tag, Credential)>, Vec<Unread>) {
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    let mut others = Vec::new();
    for (tag, (mode, file)) in
        names_and_others::<Tag>(database, id, "credentials", folder, findings, &mut others)
    {
        match read_as(database, &RecordPath::Credential(id, tag.clone()), mode, file) {
            Ok(credential) => read.push((tag, credential)),
            Err(finding) => {
                findings.push(finding);
                let codes = salvage::codes(database, mode, file);
                unread.push(Unread { tag: Some(tag), codes });
            }
        }
    }
    let other = |(mode, file)| Unread { tag: None, codes: salvage::codes(database, mode, file) };
    unread.extend(others.into_iter().map(other));
    (read, unread)
}

/// Reads the records in a folder of a member's folder, sorted by their names.
pub(in crate::store) fn records<N: FromStr + Ord + Clone, T: DeserializeOwned>(
    database: Database<'_>,
    member: MemberId,
    name: &str,
    folder: (Mode, Oid),
    record_path: impl Fn(N) -> RecordPath,
    findings: &mut Vec<Finding>,
) -> Vec<(N, T)> {
    let mut read = Vec::new();
    for (name, entry) in names(database, member, name, folder, findings) {
        let at = N::clone(&name);
        match read_as(database, &record_path(at), entry.0, entry.1) {
            Ok(record) => read.push((name, record)),
            Err(finding) => findings.push(finding),
        }
    }
    read
}

/// Lists the names in a subfolder of a member's folder, without extension, sorted.
pub(in crate::store) fn names<N: FromStr + Ord>(
    database: Database<'_>,
    member: MemberId,
    name: &str,
    folder: (Mode, Oid),
    findings: &mut Vec<Finding>,
) -> Vec<(N, (Mode, Oid))> {
    names_and_others(database, member, name, folder, findings, &mut Vec::new())
}

/// Does the same, and also collects entries with other names.
fn names_and_others<N: FromStr + Ord>(
    database: Database<'_>,
    member: MemberId,
    name: &str,
    (mode, folder): (Mode, Oid),
    findings: &mut Vec<Finding>,
    others: &mut Vec<(Mode, Oid)>,
) -> Vec<(N, (Mode, Oid))> {
    if mode != Mode::Folder {
        others.push((mode, folder));
        return Vec::new();
    }
    let path = format!("{}/{name}", member_path(member));
    let tree = match database.tree(folder) {
        Ok(tree) => tree,
        Err(error) => {
            findings.push(damaged(path, &error));
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for entry in tree.entries() {
        let stem = entry.text().and_then(|name| name.strip_suffix(".json"));
        match stem.and_then(|name| name.parse().ok()) {
            Some(name) => names.push((name, (entry.mode, entry.id))),
            None => {
                others.push((entry.mode, entry.id));
                findings.push(misplaced(format!("{path}/{}", entry.shown())));
            }
        }
    }
    // git sorts by file name, `a-1.json` before `a.json`; here the name without its extension
    // counts.
    names.sort_by(|(a, _): &(N, _), (b, _)| a.cmp(b));
    names
}

/// Returns the path of a member's folder.
pub(in crate::store) fn member_path(member: MemberId) -> String {
    format!("members/{}/{member}", member.bucket())
}

/// Reads the name of a member's folder, if it is written as it should be and lies where it should.
fn parse_member_name(name: &str, bucket: &str) -> Option<MemberId> {
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
            assert_eq!(parse_member_name(&id.to_string(), &id.bucket()), Some(id));
            assert_eq!(parse_member_name(&format!("0{id}"), &id.bucket()), None);
            assert_eq!(parse_member_name(&id.to_string(), "77"), None);
        }
        for name in ["", "4", "42", "042", "00a2", "\u{661}\u{662}"] {
            assert_eq!(parse_member_name(name, "00"), None, "{name}");
        }
    }
}
