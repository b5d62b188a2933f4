//! Reading members' folders: one, or all of them with the help of every core.
//!
//! libgit2 has one lock for all that it reads from packs, so two threads that read are slower than
//! one. One thread reads; the others understand what was read.

use std::{
    str::FromStr,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use git2::Oid;

use super::{
    Revision, json,
    raw_folder::{Kind, Raw, RawMember, misplaced},
    revision::{Size, damaged},
    tree::{self, Mode},
};
use crate::domain::model::{Finding, MemberFolder, MemberId, Place, Slot, Slug, Tag};

/// So many buckets (of up to a hundred members) are worth starting threads for.
const WORTH_THREADS: usize = 12;

/// So many buckets may be read and not understood yet.
const AHEAD: usize = 16;

impl Revision<'_> {
    /// Reads what access needs of one member, if there is such a member.
    #[must_use]
    pub fn member(&self, id: MemberId) -> (Option<MemberFolder>, Vec<Finding>) {
        let path = format!("members/{}/{id}", id.bucket());
        match self.find(&path) {
            Ok(Some((Mode::Folder, tree))) => {
                let mut raw = Raw::default();
                raw.read_member(&self.odb, id, tree, Size::Ask);
                let mut some = Understood::default();
                some.understand(raw, &|folder| folder);
                (some.members.pop().map(|(_, folder)| folder), some.findings)
            }
            Ok(_) => (None, Vec::new()),
            Err(finding) => (None, vec![finding]),
        }
    }

    /// Reads all members, on several cores where that pays, and returns what `f` makes of them,
    /// sorted by number.
    #[must_use]
    pub fn members<T: Send>(&self, f: impl Fn(MemberFolder) -> T + Sync) -> (Vec<T>, Vec<Finding>) {
        let mut all = Understood::default();
        let (buckets, size) = (self.buckets(&mut all.findings), Size::of(self.store));
        let read = |(bucket, id): &(String, Oid)| {
            let mut raw = Raw::default();
            raw.read_bucket(&self.odb, bucket, *id, size);
            raw
        };
        let cores = thread::available_parallelism().map_or(1, usize::from).min(8);
        if buckets.len() < WORTH_THREADS || cores < 2 {
            buckets.iter().for_each(|bucket| all.understand(read(bucket), &f));
        } else {
            let (sender, receiver) = mpsc::sync_channel::<Raw>(AHEAD);
            // Shared by the workers alone, so that it ends with them.
            let receiver = Arc::new(Mutex::new(receiver));
            let work = |receiver: Arc<Mutex<mpsc::Receiver<Raw>>>| {
                let mut some = Understood::default();
                // The lock is held only while waiting; it is given back before understanding.
                let next = || receiver.lock().ok()?.recv().ok();
                while let Some(raw) = next() {
                    some.understand(raw, &f);
                }
                some
            };
            thread::scope(|scope| {
                let start = |_| {
                    let receiver = Arc::clone(&receiver);
                    scope.spawn(|| work(receiver))
                };
                let workers: Vec<_> = (1..cores).map(start).collect();
                drop(receiver);
                // Sending fails only if all workers panicked, which joining them tells.
                let _ = buckets.iter().try_for_each(|bucket| sender.send(read(bucket)));
                drop(sender);
                for worker in workers {
                    match worker.join() {
                        Ok(some) => all.append(some),
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
            });
        }
        all.members.sort_unstable_by_key(|(id, _)| *id);
        all.findings.sort();
        (all.members.into_iter().map(|(_, value)| value).collect(), all.findings)
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

/// Members as far as they are understood, and what is wrong with them.
struct Understood<T> {
    members: Vec<(MemberId, T)>,
    findings: Vec<Finding>,
}

impl<T> Default for Understood<T> {
    fn default() -> Self {
        Self { members: Vec::new(), findings: Vec::new() }
    }
}

impl<T> Understood<T> {
    /// Parses folders; what cannot be read grants nothing and is reported.
    fn understand(&mut self, mut raw: Raw, f: &impl Fn(MemberFolder) -> T) {
        self.findings.append(&mut raw.findings);
        for member in &raw.members {
            let folder = self.folder(&raw, member);
            self.members.push((member.id, f(folder)));
        }
    }

    fn folder(&mut self, raw: &Raw, member: &RawMember) -> MemberFolder {
        let id = member.id;
        let (credentials, inductions) = (Vec::new(), Vec::new());
        let mut folder = MemberFolder { id, member: Slot::Absent, credentials, inductions };
        if member.unreadable {
            folder.member = Slot::Unreadable;
        }
        for file in &raw.files[member.files.clone()] {
            let (name, bytes) = (&raw.bytes[file.name.clone()], &raw.bytes[file.content.clone()]);
            let read = match file.kind {
                Kind::Member => {
                    let read = json::parse(&Place::Member(id), bytes);
                    folder.member = Slot::Unreadable;
                    read.map(|member| folder.member = Slot::Read(member))
                }
                Kind::Credential => named(id, "credentials", name).and_then(|tag: Tag| {
                    let place = Place::Credential(id, tag.clone());
                    json::parse(&place, bytes).map(|it| folder.credentials.push((tag, it)))
                }),
                Kind::Induction => named(id, "inductions", name).and_then(|facility: Slug| {
                    let place = Place::Induction(id, facility.clone());
                    json::parse(&place, bytes).map(|it| folder.inductions.push((facility, it)))
                }),
            };
            self.findings.extend(read.err());
        }
        // git sorts by file name, `a-1.json` before `a.json`; here the name without its ending
        // counts.
        folder.credentials.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        folder.inductions.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        folder
    }

    fn append(&mut self, mut other: Self) {
        self.members.append(&mut other.members);
        self.findings.append(&mut other.findings);
    }
}

/// Reads the name of a file in a folder of a member's folder.
fn named<N: FromStr>(id: MemberId, folder: &str, name: &[u8]) -> Result<N, Finding> {
    let parsed = std::str::from_utf8(name).ok().and_then(|name| name.parse().ok());
    parsed.ok_or_else(|| {
        let name = String::from_utf8_lossy(name);
        misplaced(format!("members/{}/{id}/{folder}/{name}.json", id.bucket()))
    })
}
