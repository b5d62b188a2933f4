//! Members' folders: one, or all of them using every core.

use std::convert::Infallible;

use git2::Oid;

use crate::{
    domain::model::{Finding, FindingCode, MemberFolder, MemberId, Record, RecordPath, budget},
    store::{Revision, objects::tree::Mode, parallel, roster::folder},
};

impl Revision<'_> {
    /// Reads what access decisions need of one member, if the member exists.
    #[must_use]
    pub fn member(&self, id: MemberId) -> (Option<MemberFolder>, Vec<Finding>) {
        let path = format!("members/{}/{id}", id.bucket());
        match self.find(&path) {
            Ok(Some((Mode::Folder, tree))) => {
                let mut findings = Vec::new();
                let mut folder = folder::read(self.database, id, tree, &mut findings);
                self.recall(&mut folder);
                (Some(folder), findings)
            }
            Ok(_) => (None, Vec::new()),
            Err(finding) => (None, vec![finding]),
        }
    }

    /// Reads all members and returns the results of `f`, sorted by number.
    #[must_use]
    pub fn members<T: Send>(&self, f: impl Fn(MemberFolder) -> T + Sync) -> (Vec<T>, Vec<Finding>) {
        let mut members = Vec::new();
        let Ok(findings) = self.each_bucket(
            Vec::new,
            |some, folder| some.push(f(folder)),
            |mut some| {
                members.append(&mut some);
                Ok::<_, Infallible>(())
            },
        );
        (members, findings)
    }

    /// Reads all members like [`Revision::members`], without keeping all of them in memory:
    /// `begin` makes a value for each bucket, `add` adds the members to it on the core that read
    /// them, and `take` receives it. Of very many findings some are left out, but none about damage.
    ///
    /// Small values are best allocated and freed on the same core, because otherwise the two cores
    /// wait for each other.
    ///
    /// # Errors
    /// The first one that `take` returns.
    pub(in crate::store) fn each_bucket<A: Send, E>(
        &self,
        begin: impl Fn() -> A + Sync,
        add: impl Fn(&mut A, MemberFolder) + Sync,
        mut take: impl FnMut(A) -> Result<(), E>,
    ) -> Result<Vec<Finding>, E> {
        let mut findings = Vec::new();
        let members = self.members_tree(&mut findings);
        let list = |tree| folder::buckets(self.database, tree, &mut findings);
        let buckets = members.map(list).unwrap_or_default();
        let work = |job: usize| {
            let (name, id) = &buckets[job];
            let (mut some, mut found) = (begin(), Vec::new());
            for (id, tree) in folder::bucket(self.database, name, *id, &mut found) {
                let mut folder = folder::read(self.database, id, tree, &mut found);
                self.recall(&mut folder);
                add(&mut some, folder);
                limit(&mut found);
            }
            (some, found)
        };
        let done = |(some, mut found)| {
            take(some)?;
            findings.append(&mut found);
            limit(&mut findings);
            Ok(())
        };
        parallel::in_order(buckets.len(), work, done)?;
        findings.sort();
        Ok(findings)
    }

    /// Looks for the codes of credentials in which none can be read any more: those of their last
    /// good forms, in the history of this commit.
    pub fn recall(&self, folder: &mut MemberFolder) {
        for unread in folder.unread.iter_mut().filter(|it| it.codes.is_empty()) {
            let Some(tag) = unread.tag.clone() else { continue };
            let found = self.last_good(&[RecordPath::Credential(folder.id, tag)]);
            let code = |(_, _, record)| match record {
                Record::Credential(credential) => Some(credential.code),
                _ => None,
            };
            unread.codes.extend(found.into_iter().filter_map(code));
        }
    }

    /// Returns the tree of `members/`, if there is one.
    pub(in crate::store) fn members_tree(&self, findings: &mut Vec<Finding>) -> Option<Oid> {
        match self.find("members") {
            Ok(Some((Mode::Folder, id))) => Some(id),
            Ok(_) => None,
            Err(finding) => {
                findings.push(finding);
                None
            }
        }
    }
}

/// Leaves out findings beyond so many that nobody reads them all.
fn limit(findings: &mut Vec<Finding>) {
    let mut left = budget::FINDINGS;
    if findings.len() > left {
        findings.retain(|finding| {
            let kept = left > 0 || finding.code == FindingCode::Damaged;
            left = left.saturating_sub(1);
            kept
        });
    }
}
