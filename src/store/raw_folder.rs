//! Members' folders as bytes: what is read, before it is understood.

use std::ops::Range;

use git2::Oid;

use super::{
    revision::damaged,
    source::Source,
    tree::{self, Entry, Mode},
};
use crate::domain::model::{Finding, FindingCode, MemberId, Place};

/// Some folders, their files one after another in one piece of memory.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) bytes: Vec<u8>,
    pub(super) files: Vec<File>,
    pub(super) members: Vec<RawMember>,
    pub(super) findings: Vec<Finding>,
}

/// One folder.
pub(super) struct RawMember {
    pub(super) id: MemberId,
    pub(super) files: Range<usize>,
    /// Whether its `member.json` is there and cannot be read.
    pub(super) unreadable: bool,
}

/// One file of a folder.
pub(super) struct File {
    pub(super) kind: Kind,
    /// Its name without `.json`, among the bytes.
    pub(super) name: Range<usize>,
    /// Its content, among the bytes.
    pub(super) content: Range<usize>,
}

/// What of a folder access needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Member,
    Credential,
    Induction,
}

impl Raw {
    /// Reads a folder of up to a hundred members.
    pub(super) fn read_bucket(&mut self, from: &mut Source<'_>, bucket: &str, id: Oid) {
        let mut tree = Vec::new();
        if let Err(error) = from.read(id, &mut tree) {
            return self.findings.push(damaged(format!("members/{bucket}"), &error));
        }
        for entry in tree::entries(&tree).filter(|entry| entry.mode == Mode::Folder) {
            match entry.text().and_then(|name| belongs(name, bucket)) {
                Some(id) => self.read_member(from, id, entry.id),
                None => {
                    let path = format!("members/{bucket}/{}", entry.shown());
                    self.findings.push(misplaced(path));
                }
            }
        }
        // As git sorts them, unless something else wrote the tree.
        self.members.sort_by_key(|member| member.id);
        self.members.dedup_by_key(|member| member.id);
    }

    /// Reads the folder of one member.
    pub(super) fn read_member(&mut self, from: &mut Source<'_>, id: MemberId, folder: Oid) {
        let (first, mut tree) = (self.files.len(), Vec::new());
        let mut unreadable = false;
        match from.read(folder, &mut tree) {
            Err(error) => {
                self.findings.push(damaged(Place::Member(id), &error));
                unreadable = true;
            }
            Ok(()) => {
                for entry in tree::entries(&tree) {
                    match entry.name {
                        b"member.json" => {
                            let path = || Place::Member(id).to_string();
                            unreadable = !self.keep(from, Kind::Member, &entry, path);
                        }
                        b"credentials" if entry.mode == Mode::Folder => {
                            self.read_inner(from, id, Kind::Credential, &entry);
                        }
                        b"inductions" if entry.mode == Mode::Folder => {
                            self.read_inner(from, id, Kind::Induction, &entry);
                        }
                        _ => {}
                    }
                }
            }
        }
        self.members.push(RawMember { id, files: first..self.files.len(), unreadable });
    }

    fn read_inner(&mut self, from: &mut Source<'_>, id: MemberId, kind: Kind, folder: &Entry<'_>) {
        let path = || format!("members/{}/{id}/{}", id.bucket(), folder.shown());
        let mut tree = Vec::new();
        match from.read(folder.id, &mut tree) {
            Ok(()) => {
                for entry in tree::entries(&tree) {
                    let path = || format!("{}/{}", path(), entry.shown());
                    if entry.name.ends_with(b".json") {
                        self.keep(from, kind, &entry, path);
                    } else {
                        self.findings.push(misplaced(path()));
                    }
                }
            }
            Err(error) => self.findings.push(damaged(path(), &error)),
        }
    }

    /// Keeps the bytes of one file; tells whether it could be read.
    fn keep(
        &mut self,
        from: &mut Source<'_>,
        kind: Kind,
        entry: &Entry<'_>,
        path: impl Fn() -> String,
    ) -> bool {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(entry.name.strip_suffix(b".json").unwrap_or(entry.name));
        let middle = self.bytes.len();
        match from.file(Lazy(&path), entry.mode, entry.id, &mut self.bytes) {
            Ok(()) => {
                let content = middle..self.bytes.len();
                self.files.push(File { kind, name: start..middle, content });
                true
            }
            Err(finding) => {
                self.findings.push(finding);
                false
            }
        }
    }
}

/// Reads the name of a member's folder, if it is written as it should be and lies where it should.
pub(super) fn belongs(name: &str, bucket: &str) -> Option<MemberId> {
    let id: MemberId = name.parse().ok()?;
    let written = name.len() == 4 || (name.len() > 4 && !name.starts_with('0'));
    (written && name.get(..name.len() - 2) == Some(bucket)).then_some(id)
}

/// A path that is put together only when something is wrong.
struct Lazy<'p, P>(&'p P);

impl<P: Fn() -> String> std::fmt::Display for Lazy<'_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&(self.0)())
    }
}

/// Reports a file where no record belongs.
pub(super) fn misplaced(path: String) -> Finding {
    let message = match Place::of(&path) {
        Err(message) => message,
        Ok(_) => "is no name of a record".to_owned(),
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
