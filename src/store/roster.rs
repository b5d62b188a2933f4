//! All members at once, for lists and for questions across all of them.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
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
}

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
        let index = self.by_tag.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::with_capacity(self.members.len());
            for (id, tag, _) in self.credentials() {
                let place = Place::Credential(id, tag.clone());
                index.entry(tag.clone()).or_default().push(place);
            }
            for finding in &self.findings {
                if let Ok(Some(place @ Place::Credential(..))) = Place::of(&finding.path) {
                    let Place::Credential(_, tag) = &place else { continue };
                    index.entry(tag.clone()).or_default().push(place);
                }
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
