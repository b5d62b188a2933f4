//! Reading members' folders: one, or all of them with the help of every core.

use std::{convert::Infallible, str::FromStr};

use git2::Oid;

use super::{
    Revision, cores, json,
    packs::Packs,
    raw_folder::{Kind, Raw, RawMember, misplaced},
    revision::damaged,
    source::Source,
    tree::{self, Mode},
};
use crate::domain::model::{Finding, MemberFolder, MemberId, Place, Slot, Slug, Tag};

/// So many buckets (of up to a hundred members) are worth opening packs and starting threads.
const WORTH_THREADS: usize = 8;

impl Revision<'_> {
    /// Reads what access needs of one member, if there is such a member.
    #[must_use]
    pub fn member(&self, id: MemberId) -> (Option<MemberFolder>, Vec<Finding>) {
        let path = format!("members/{}/{id}", id.bucket());
        match self.find(&path) {
            Ok(Some((Mode::Folder, tree))) => {
                let mut raw = Raw::default();
                raw.read_member(&mut Source::few(&self.database), id, tree);
                let mut some = Understood::default();
                some.understand(raw, &|folder| folder);
                (some.members.pop(), some.findings)
            }
            Ok(_) => (None, Vec::new()),
            Err(finding) => (None, vec![finding]),
        }
    }

    /// Reads all members, on several cores where that pays, and returns what `f` makes of them,
    /// sorted by number.
    #[must_use]
    pub fn members<T: Send>(&self, f: impl Fn(MemberFolder) -> T + Sync) -> (Vec<T>, Vec<Finding>) {
        let mut members = Vec::new();
        let findings = self.each_member(f, |member| members.push(member));
        (members, findings)
    }

    /// Reads all members as [`Revision::members`] does, and gives what `f` makes of them to `take`
    /// one by one, sorted by number: so they are never all in memory.
    pub fn each_member<T: Send>(
        &self,
        f: impl Fn(MemberFolder) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let buckets = self.buckets(&mut findings);
        let read = |from: &mut Source<'_>, bucket: &str, id| {
            let (mut raw, mut some) = (Raw::default(), Understood::default());
            raw.read_bucket(from, bucket, id);
            some.understand(raw, &f);
            some
        };
        let Ok(()) = self.by_bucket(&buckets, read, |mut some: Understood<T>| {
            some.members.into_iter().for_each(&mut take);
            findings.append(&mut some.findings);
            Ok::<_, Infallible>(())
        });
        findings.sort();
        findings
    }

    /// Reads each bucket, on several cores where that pays, and gives what `read` makes of them to
    /// `take`, in their order.
    ///
    /// # Errors
    /// The first that `take` returns.
    pub(super) fn by_bucket<T: Send, E>(
        &self,
        buckets: &[(String, Oid)],
        read: impl Fn(&mut Source<'_>, &str, Oid) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let work = |from: &mut Source<'_>, job: usize| {
            let (bucket, id) = &buckets[job];
            read(from, bucket, *id)
        };
        let git = self.store.odb().ok().filter(|_| buckets.len() >= WORTH_THREADS);
        let Some(git) = git else {
            let mut from = Source::few(&self.database);
            return (0..buckets.len()).try_for_each(|job| take(work(&mut from, job)));
        };
        let packs = Packs::for_many(&self.store.repo.commondir().join("objects/pack"));
        cores::in_order(buckets.len(), || Source::many(&git, &packs), work, take)
    }

    /// Lists the folders of up to a hundred members each.
    pub(super) fn buckets(&self, findings: &mut Vec<Finding>) -> Vec<(String, Oid)> {
        let members = match self.find("members") {
            Ok(Some((Mode::Folder, id))) => self.database.read(id),
            Ok(_) => return Vec::new(),
            Err(finding) => {
                findings.push(finding);
                return Vec::new();
            }
        };
        match members {
            Ok(members) => {
                let folders = tree::entries(&members.bytes);
                let folders = folders.filter(|entry| entry.mode == Mode::Folder);
                let mut buckets: Vec<_> =
                    folders.map(|entry| (entry.shown().into_owned(), entry.id)).collect();
                // git sorts 100 before 11.
                buckets.sort_by_key(|(name, _)| name.parse::<u64>().unwrap_or(u64::MAX));
                // No tree that git writes has a name twice.
                buckets.dedup_by(|a, b| a.0 == b.0);
                buckets
            }
            Err(error) => {
                findings.push(damaged("members", &error));
                Vec::new()
            }
        }
    }
}

/// Members as far as they are understood, and what is wrong with them.
struct Understood<T> {
    members: Vec<T>,
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
            self.members.push(f(folder));
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
}

/// Reads the name of a file in a folder of a member's folder.
fn named<N: FromStr>(id: MemberId, folder: &str, name: &[u8]) -> Result<N, Finding> {
    let parsed = std::str::from_utf8(name).ok().and_then(|name| name.parse().ok());
    parsed.ok_or_else(|| {
        let name = String::from_utf8_lossy(name);
        misplaced(format!("members/{}/{id}/{folder}/{name}.json", id.bucket()))
    })
}
