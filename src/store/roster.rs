//! All members at once, for lists and for questions across all of them.

use std::{
    collections::HashMap,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use super::{Revision, StoreError, cache};
use crate::domain::model::{CodeHash, CommitId, Finding, MemberFolder, MemberId, Place, Slug, Tag};

/// Every member of one commit, sorted by number.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    members: Vec<MemberFolder>,
    findings: Vec<Finding>,
    by_code: OnceLock<HashMap<CodeHash, Vec<(MemberId, Tag)>>>,
    by_tag: OnceLock<HashMap<Tag, Vec<Place>>>,
    /// How often it was asked for codes or tags.
    asked: Arc<AtomicU32>,
}

/// So many questions are answered by looking through everybody; then an index is worth its while.
const FEW: u32 = 8;

impl Revision<'_> {
    /// Returns all members: those that the store still knows, brought here from another commit, or
    /// from the cache of a large space, or all of them read.
    #[must_use]
    pub fn roster(&self) -> Arc<Roster> {
        let mut kept = self.store.kept.borrow_mut();
        if let Some((commit, roster)) = &mut *kept
            && (*commit == self.id || self.bring(roster, *commit).is_ok())
        {
            *commit = self.id;
            return Arc::clone(roster);
        }
        let roster = Arc::new(cache::load(self));
        *kept = Some((self.id, Arc::clone(&roster)));
        roster
    }

    fn bring(&self, roster: &mut Arc<Roster>, from: CommitId) -> Result<(), StoreError> {
        let delta = self.delta(from)?;
        if delta.members.is_empty() {
            return Ok(());
        }
        Arc::make_mut(roster).patch(delta.members, delta.findings);
        Ok(())
    }
}

impl Roster {
    pub(super) fn new(members: Vec<MemberFolder>, findings: Vec<Finding>) -> Self {
        Self { members, findings, ..Self::default() }
    }

    /// Returns the members, sorted by number.
    #[must_use]
    pub fn members(&self) -> &[MemberFolder] {
        &self.members
    }

    /// Returns what could not be read of them.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&MemberFolder> {
        self.members.binary_search_by_key(&id, |it| it.id).ok().map(|at| &self.members[at])
    }

    /// Returns every credential with a code.
    #[must_use]
    pub fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        if self.by_code.get().is_none() && self.is_seldom_asked() {
            let held = self.credentials().filter(|(_, _, credential)| credential.code == *code);
            return held.map(|(id, tag, _)| (id, tag.clone())).collect();
        }
        let index = self.by_code.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::with_capacity(self.members.len());
            for (id, tag, credential) in self.credentials() {
                index.entry(credential.code).or_default().push((id, tag.clone()));
            }
            index
        });
        index.get(code).cloned().unwrap_or_default()
    }

    /// Returns every credential with a tag, readable or not.
    #[must_use]
    pub fn tagged(&self, tag: &Tag) -> Vec<Place> {
        if self.by_tag.get().is_none() && self.is_seldom_asked() {
            let read = self.credentials().filter(|(_, known, _)| *known == tag);
            let read = read.map(|(id, tag, _)| Place::Credential(id, tag.clone()));
            let unread =
                self.unreadable().filter(|(known, _)| known == tag).map(|(_, place)| place);
            return read.chain(unread).collect();
        }
        let index = self.by_tag.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::with_capacity(self.members.len());
            for (id, tag, _) in self.credentials() {
                let place = Place::Credential(id, tag.clone());
                index.entry(tag.clone()).or_default().push(place);
            }
            for (tag, place) in self.unreadable() {
                index.entry(tag).or_default().push(place);
            }
            index
        });
        index.get(tag).cloned().unwrap_or_default()
    }

    /// Returns the credentials and inductions that name a facility.
    pub fn users_of<'r>(&'r self, facility: &'r Slug) -> impl Iterator<Item = Place> + 'r {
        self.members.iter().flat_map(move |it| {
            let granted = it.credentials.iter().filter(move |(_, credential)| {
                credential.grants.iter().any(|grant| grant.facility == *facility)
            });
            let granted = granted.map(|(tag, _)| Place::Credential(it.id, tag.clone()));
            let inducted = it.inductions.iter().filter(move |(name, _)| name == facility);
            granted.chain(inducted.map(|(name, _)| Place::Induction(it.id, name.clone())))
        })
    }

    fn is_seldom_asked(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) < FEW
    }

    /// Returns the credentials that are there and cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = (Tag, Place)> {
        self.findings.iter().filter_map(|finding| match Place::of(&finding.path) {
            Ok(Some(Place::Credential(id, tag))) => Some((tag.clone(), Place::Credential(id, tag))),
            _ => None,
        })
    }

    fn credentials(
        &self,
    ) -> impl Iterator<Item = (MemberId, &Tag, &crate::domain::model::Credential)> {
        self.members
            .iter()
            .flat_map(|it| it.credentials.iter().map(|(tag, credential)| (it.id, tag, credential)))
    }

    /// Puts members in the place of their former selves, and takes out those that are gone.
    pub(super) fn patch(
        &mut self,
        changed: Vec<(MemberId, Option<MemberFolder>)>,
        findings: Vec<Finding>,
    ) {
        (self.by_code, self.by_tag) = (OnceLock::new(), OnceLock::new());
        let mut news = HashMap::with_capacity(changed.len());
        for (id, folder) in changed {
            news.insert(id, folder);
        }
        let touched = |finding: &Finding| {
            let place = Place::of(&finding.path).ok().flatten();
            place.and_then(|place| place.member()).is_some_and(|id| news.contains_key(&id))
        };
        self.findings.retain(|finding| !touched(finding));
        self.findings.extend(findings);
        self.findings.sort();
        self.members.retain_mut(|member| match news.remove(&member.id) {
            None => true,
            Some(None) => false,
            Some(Some(folder)) => {
                *member = folder;
                true
            }
        });
        if news.values().any(Option::is_some) {
            self.members.extend(news.into_values().flatten());
            self.members.sort_unstable_by_key(|it| it.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{Credential, CredentialType, Slot};

    #[test]
    fn the_first_answers_and_those_by_index_are_the_same() {
        let code = CodeHash::from_bytes([1; 16]);
        let tag: Tag = "t1".parse().unwrap();
        let credential = Credential { kind: CredentialType::Fob, code, grants: Vec::new() };
        let folder = |number| MemberFolder {
            id: MemberId::new(number).unwrap(),
            member: Slot::Unreadable,
            credentials: vec![(tag.clone(), credential.clone())],
            inductions: Vec::new(),
        };
        let broken = "members/00/0003/credentials/t1.json";
        let findings = vec![Finding::error("unreadable", broken, "is broken")];
        let roster = Roster::new(vec![folder(1), folder(2)], findings);
        let answers: Vec<_> =
            (0..2 * FEW).map(|_| (roster.holders(&code), roster.tagged(&tag))).collect();
        assert_eq!((answers[0].0.len(), answers[0].1.len()), (2, 3));
        assert!(roster.by_code.get().is_some() && roster.by_tag.get().is_some());
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
}
