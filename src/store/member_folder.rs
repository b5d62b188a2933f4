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
                let (mut member, mut findings) = (None, Vec::new());
                understand(raw, &mut findings, |folder| member = Some(folder));
                (member, findings)
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
        let findings = self.each_bucket(
            Vec::new,
            |some, folder| some.push(f(folder)),
            |mut some| members.append(&mut some),
        );
        (members, findings)
    }

    /// Reads all members as [`Revision::members`] does, without having all of them in memory: what
    /// `begin` makes for a bucket `add` adds its members to, on the core that read them, before
    /// `take` gets it.
    ///
    /// What is small is best made and dropped on one core: memory that one asks for and another
    /// gives back has them wait for each other.
    pub(super) fn each_bucket<A: Send>(
        &self,
        begin: impl Fn() -> A + Sync,
        add: impl Fn(&mut A, MemberFolder) + Sync,
        mut take: impl FnMut(A),
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let buckets = self.buckets(&mut findings);
        let read = |from: &mut Source<'_>, bucket: &str, id| {
            let (mut raw, mut some, mut found) = (Raw::default(), begin(), Vec::new());
            raw.read_bucket(from, bucket, id);
            understand(raw, &mut found, |folder| add(&mut some, folder));
            (some, found)
        };
        let Ok(()) = self.by_bucket(&buckets, read, |(some, mut found)| {
            take(some);
            findings.append(&mut found);
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

/// Parses folders; what cannot be read grants nothing and is reported.
fn understand(mut raw: Raw, findings: &mut Vec<Finding>, mut take: impl FnMut(MemberFolder)) {
    findings.append(&mut raw.findings);
    for member in &raw.members {
        take(folder(&raw, member, findings));
    }
}

fn folder(raw: &Raw, member: &RawMember, findings: &mut Vec<Finding>) -> MemberFolder {
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
        findings.extend(read.err());
    }
    // git sorts by file name, `a-1.json` before `a.json`; here the name without its ending
    // counts.
    folder.credentials.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    folder.inductions.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    folder
}

/// Reads the name of a file in a folder of a member's folder.
fn named<N: FromStr>(id: MemberId, folder: &str, name: &[u8]) -> Result<N, Finding> {
    let parsed = std::str::from_utf8(name).ok().and_then(|name| name.parse().ok());
    parsed.ok_or_else(|| {
        let name = String::from_utf8_lossy(name);
        misplaced(format!("members/{}/{id}/{folder}/{name}.json", id.bucket()))
    })
}
