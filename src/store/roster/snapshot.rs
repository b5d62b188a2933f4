//! What is known about every member of one commit, updated to another by their differences.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};

use git2::Oid;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::folder;
use crate::{
    domain::model::{Finding, FindingCode, MemberId},
    store::{objects::database::Database, parallel},
};

/// What a snapshot contains about each member; it depends only on the member's folder.
pub(in crate::store) trait MemberPart:
    Serialize + DeserializeOwned + Clone + Send + Sync
{
    /// The name of its file in `cache/`.
    const FILE: &'static str;

    /// Reads it from the tree of a member's folder, and reports what cannot be read.
    fn read(database: Database<'_>, id: MemberId, tree: Oid, findings: &mut Vec<Finding>) -> Self;
}

/// Where a store keeps a snapshot.
pub(in crate::store) type SnapshotSlot<P> = Mutex<Option<Arc<Snapshot<P>>>>;

/// All members of one tree, in buckets of up to a hundred, sorted by number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "P: Serialize", deserialize = "P: DeserializeOwned"))]
pub(in crate::store) struct Snapshot<P> {
    /// The tree of `members/` that it was read from.
    tree: [u8; 20],
    /// Whether it was read as data of a newer format.
    newer: bool,
    buckets: Vec<Arc<Bucket<P>>>,
    findings: Vec<Finding>,
}

/// The members whose numbers differ only in the last two digits.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) struct Bucket<P> {
    name: String,
    tree: [u8; 20],
    members: Vec<MemberSnapshot<P>>,
    /// What is wrong with the folder itself.
    findings: Vec<Finding>,
}

/// One member, with the tree that tells whether this is still current.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct MemberSnapshot<P> {
    id: MemberId,
    tree: [u8; 20],
    part: P,
    findings: Vec<Finding>,
}

impl<P> Snapshot<P> {
    /// Iterates over the members, sorted by number.
    pub(in crate::store) fn iter(&self) -> impl Iterator<Item = (MemberId, &P)> + Clone {
        self.buckets.iter().flat_map(|bucket| bucket.iter())
    }

    /// Returns what could not be read, sorted.
    pub(in crate::store) fn findings(&self) -> Vec<Finding> {
        let mut all: Vec<Finding> = self.all_findings().cloned().collect();
        all.sort();
        all
    }

    fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.buckets.iter().flat_map(|bucket| bucket.all_findings()))
    }

    /// Returns what is known about one member.
    pub(in crate::store) fn get(&self, id: MemberId) -> Option<&P> {
        let after =
            self.buckets.partition_point(|bucket| bucket.first().is_some_and(|it| it <= id));
        let members = &self.buckets.get(after.checked_sub(1)?)?.members;
        let at = members.binary_search_by_key(&id, |member| member.id).ok()?;
        Some(&members[at].part)
    }
}

impl<P> Bucket<P> {
    /// Iterates over the members, sorted by number.
    pub(in crate::store) fn iter(&self) -> impl Iterator<Item = (MemberId, &P)> + Clone {
        self.members.iter().map(|member| (member.id, &member.part))
    }

    fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.members.iter().flat_map(|member| &member.findings))
    }

    fn first(&self) -> Option<MemberId> {
        self.members.first().map(|member| member.id)
    }
}

impl<P: MemberPart> Snapshot<P> {
    /// Makes the snapshot of a tree of `members/`, reusing a former one as far as the two agree;
    /// `findings` are those about the tree itself. Also returns how many members had to be read.
    pub(in crate::store) fn updated(
        former: Option<&Self>,
        database: Database<'_>,
        tree: Option<Oid>,
        mut findings: Vec<Finding>,
    ) -> (Self, usize) {
        let former = former.filter(|it| it.newer == database.is_newer());
        let former: HashMap<&str, &Arc<Bucket<P>>> =
            former.iter().flat_map(|it| &it.buckets).map(|it| (it.name.as_str(), it)).collect();
        let list = |tree| folder::buckets(database, tree, &mut findings);
        let now = tree.map(list).unwrap_or_default();
        let (mut buckets, mut read) = (Vec::with_capacity(now.len()), 0);
        let work = |job: usize| {
            let (name, tree) = &now[job];
            match former.get(name.as_str()) {
                Some(same) if same.tree == bytes(*tree) && is_complete(same.all_findings()) => {
                    (Arc::clone(same), 0)
                }
                other => {
                    let (bucket, read) = Bucket::updated(other.copied(), database, name, *tree);
                    (Arc::new(bucket), read)
                }
            }
        };
        let take = |(bucket, count)| {
            buckets.push(bucket);
            read += count;
            Ok::<_, Infallible>(())
        };
        let Ok(()) = parallel::in_order(now.len(), work, take);
        let newer = database.is_newer();
        (Self { tree: tree.map_or([0; 20], bytes), newer, buckets, findings }, read)
    }

    /// Tells whether it is of the given tree and format, and complete.
    pub(in crate::store) fn is_current(&self, tree: Option<Oid>, newer: bool) -> bool {
        let same = self.tree == tree.map_or([0; 20], bytes) && self.newer == newer;
        same && is_complete(self.all_findings())
    }
}

impl<P: MemberPart> Bucket<P> {
    fn updated(
        former: Option<&Arc<Self>>,
        database: Database<'_>,
        name: &str,
        tree: Oid,
    ) -> (Self, usize) {
        let (mut findings, mut read) = (Vec::new(), 0);
        let former = former.map_or(&[][..], |bucket| &bucket.members);
        let members =
            folder::bucket(database, name, tree, &mut findings).into_iter().map(|(id, tree)| {
                let known = former.binary_search_by_key(&id, |member| member.id).ok();
                if let Some(known) = known.map(|at| &former[at])
                    && known.tree == bytes(tree)
                    && is_complete(&known.findings)
                {
                    return known.clone();
                }
                read += 1;
                let mut findings = Vec::new();
                let part = P::read(database, id, tree, &mut findings);
                MemberSnapshot { id, tree: bytes(tree), part, findings }
            });
        let members = members.collect();
        (Self { name: name.to_owned(), tree: bytes(tree), members, findings }, read)
    }
}

#[cfg(test)]
impl<P> Snapshot<P> {
    /// Makes one from members sorted by number, in one bucket, and the findings about them.
    pub(super) fn from_members(members: Vec<(MemberId, P)>, findings: Vec<Finding>) -> Self {
        let known = |(id, part)| MemberSnapshot { id, tree: [0; 20], part, findings: Vec::new() };
        let members = members.into_iter().map(known).collect();
        let bucket = Bucket { name: "00".to_owned(), tree: [0; 20], members, findings };
        Self { tree: [0; 20], newer: false, buckets: vec![Arc::new(bucket)], findings: Vec::new() }
    }
}

/// Tells whether every object was found. A missing one may still arrive, and is looked for again.
fn is_complete<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> bool {
    findings.into_iter().all(|finding| finding.code != FindingCode::Damaged)
}

fn bytes(id: Oid) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(id.as_bytes());
    bytes
}
