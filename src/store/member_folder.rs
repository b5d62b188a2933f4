//! Reading members' folders: one, or all of them with every core.

use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
};

use git2::{Odb, Oid};

use super::{
    Revision, Store,
    revision::{Size, damaged, read_as},
    tree::{self, Entry, Mode},
};
use crate::domain::model::{Finding, MemberFolder, MemberId, Place, Slot, Slug, Tag};

/// So many buckets (of up to a hundred members) are worth starting threads for.
const WORTH_THREADS: usize = 12;

impl Revision<'_> {
    /// Reads what access needs of one member, if there is such a member.
    #[must_use]
    pub fn member(&self, id: MemberId) -> (Option<MemberFolder>, Vec<Finding>) {
        let mut findings = Vec::new();
        let path = format!("members/{}/{id}", id.bucket());
        let found = self.find(&path).unwrap_or_else(|finding| {
            findings.push(finding);
            None
        });
        let folder = match found {
            Some((Mode::Folder, tree)) => Some(read(&self.odb, id, tree, Size::Ask, &mut findings)),
            _ => None,
        };
        (folder, findings)
    }

    /// Reads all members, on several cores where that pays, and returns what `f` makes of them,
    /// sorted by number.
    #[must_use]
    pub fn members<T: Send>(&self, f: impl Fn(MemberFolder) -> T + Sync) -> (Vec<T>, Vec<Finding>) {
        let mut findings = Vec::new();
        let (buckets, size) = (self.buckets(&mut findings), Size::of(self.store));
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        let mut all = Vec::new();
        if buckets.len() < WORTH_THREADS || threads < 2 || self.store.alone {
            for bucket in &buckets {
                read_bucket(&self.odb, bucket, size, &f, &mut all, &mut findings);
            }
        } else {
            let next = AtomicUsize::new(0);
            let work = |store: Store| {
                let (mut some, mut findings) = (Vec::new(), Vec::new());
                let Ok(odb) = store.repo.odb() else { return (some, findings, false) };
                while let Some(bucket) = buckets.get(next.fetch_add(1, Relaxed)) {
                    read_bucket(&odb, bucket, size, &f, &mut some, &mut findings);
                }
                (some, findings, true)
            };
            let handles = (0..threads).filter_map(|_| self.store.again().ok()).collect::<Vec<_>>();
            thread::scope(|scope| {
                let workers: Vec<_> =
                    handles.into_iter().map(|store| scope.spawn(|| work(store))).collect();
                for worker in workers {
                    match worker.join() {
                        Ok((mut some, mut more, _)) => {
                            all.append(&mut some);
                            findings.append(&mut more);
                        }
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
            });
            // If no second handle could be opened, nothing was taken: this one does it all.
            while let Some(bucket) = buckets.get(next.fetch_add(1, Relaxed)) {
                read_bucket(&self.odb, bucket, size, &f, &mut all, &mut findings);
            }
        }
        all.sort_unstable_by_key(|(id, _)| *id);
        findings.sort();
        (all.into_iter().map(|(_, value)| value).collect(), findings)
    }

    /// Lists the folders of up to a hundred members each.
    fn buckets(&self, findings: &mut Vec<Finding>) -> Vec<(String, Oid)> {
        let members = match self.find("members") {
            Ok(Some((Mode::Folder, id))) => self.odb.read(id),
            Ok(_) => return Vec::new(),
            Err(finding) => {
                findings.push(finding);
                return Vec::new();
            }
        };
        match members {
            Ok(members) => tree::entries(members.data())
                .filter(|entry| entry.mode == Mode::Folder)
                .map(|entry| (entry.shown().into_owned(), entry.id))
                .collect(),
            Err(error) => {
                findings.push(damaged("members", &error));
                Vec::new()
            }
        }
    }
}

fn read_bucket<T>(
    odb: &Odb<'_>,
    (bucket, id): &(String, Oid),
    size: Size,
    f: impl Fn(MemberFolder) -> T,
    all: &mut Vec<(MemberId, T)>,
    findings: &mut Vec<Finding>,
) {
    let object = match odb.read(*id) {
        Ok(object) => object,
        Err(error) => return findings.push(damaged(format!("members/{bucket}"), &error)),
    };
    for entry in tree::entries(object.data()).filter(|entry| entry.mode == Mode::Folder) {
        let id = entry.text().and_then(|name| name.parse::<MemberId>().ok());
        match id {
            Some(id) if id.bucket() == *bucket && id.to_string().as_bytes() == entry.name => {
                all.push((id, f(read(odb, id, entry.id, size, findings))));
            }
            _ => findings.push(misplaced(format!("members/{bucket}/{}", entry.shown()))),
        }
    }
}

/// Reads a member's folder; what cannot be read grants nothing and is reported.
fn read(
    odb: &Odb<'_>,
    id: MemberId,
    tree: Oid,
    size: Size,
    findings: &mut Vec<Finding>,
) -> MemberFolder {
    let (credentials, inductions) = (Vec::new(), Vec::new());
    let mut folder = MemberFolder { id, member: Slot::Absent, credentials, inductions };
    let object = match odb.read(tree) {
        Ok(object) => object,
        Err(error) => {
            findings.push(damaged(Place::Member(id), &error));
            folder.member = Slot::Unreadable;
            return folder;
        }
    };
    for entry in tree::entries(object.data()) {
        match entry.name {
            b"member.json" => {
                folder.member = match read_as(odb, &Place::Member(id), entry.mode, entry.id, size) {
                    Ok(member) => Slot::Read(member),
                    Err(finding) => {
                        findings.push(finding);
                        Slot::Unreadable
                    }
                };
            }
            b"credentials" if entry.mode == Mode::Folder => {
                each(odb, id, &entry, findings, |name: Tag, entry, findings| {
                    let place = Place::Credential(id, name.clone());
                    match read_as(odb, &place, entry.mode, entry.id, size) {
                        Ok(credential) => folder.credentials.push((name, credential)),
                        Err(finding) => findings.push(finding),
                    }
                });
            }
            b"inductions" if entry.mode == Mode::Folder => {
                each(odb, id, &entry, findings, |name: Slug, entry, findings| {
                    let place = Place::Induction(id, name.clone());
                    match read_as(odb, &place, entry.mode, entry.id, size) {
                        Ok(induction) => folder.inductions.push((name, induction)),
                        Err(finding) => findings.push(finding),
                    }
                });
            }
            _ => {}
        }
    }
    // git sorts by file name, `a-1.json` before `a.json`; here the name without its ending counts.
    folder.credentials.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    folder.inductions.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    folder
}

fn each<N: std::str::FromStr>(
    odb: &Odb<'_>,
    id: MemberId,
    folder: &Entry<'_>,
    findings: &mut Vec<Finding>,
    mut f: impl FnMut(N, &Entry<'_>, &mut Vec<Finding>),
) {
    let path = || format!("members/{}/{id}/{}", id.bucket(), folder.shown());
    match odb.read(folder.id) {
        Ok(object) => {
            for entry in tree::entries(object.data()) {
                let name = entry.text().and_then(|name| name.strip_suffix(".json"));
                match name.and_then(|name| name.parse().ok()) {
                    Some(name) => f(name, &entry, findings),
                    None => findings.push(misplaced(format!("{}/{}", path(), entry.shown()))),
                }
            }
        }
        Err(error) => findings.push(damaged(path(), &error)),
    }
}

/// Reports a file where no record belongs.
pub(super) fn misplaced(path: String) -> Finding {
    let message = match Place::of(&path) {
        Err(message) => message,
        Ok(_) => "is no name of a record".to_owned(),
    };
    Finding::error("misplaced", path, message)
}
