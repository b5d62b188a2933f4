//! Who holds a code or a tag, who uses a facility, and whose children are whose.

use std::collections::{BTreeMap, HashMap};

use super::Roster;
use crate::domain::model::{CodeHash, MemberId, Place, Slug, Tag};

impl Roster {
    /// Returns every credential with a code.
    #[must_use]
    pub fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        let index = self.known.by_code.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::new();
            for (id, tag, code) in self.credentials() {
                index.entry(code).or_default().push((id, tag.clone()));
            }
            index
        });
        index.get(code).cloned().unwrap_or_default()
    }

    /// Returns every credential with a tag, readable or not.
    #[must_use]
    pub fn tagged(&self, tag: &Tag) -> Vec<Place> {
        let index = self.known.by_tag.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::new();
            for (id, tag, _) in self.credentials() {
                index.entry(tag.clone()).or_default().push(Place::Credential(id, tag.clone()));
            }
            for (tag, place) in self.unreadable() {
                index.entry(tag).or_default().push(place);
            }
            index
        });
        index.get(tag).cloned().unwrap_or_default()
    }

    /// Returns the members whose parent is this one, sorted by number.
    #[must_use]
    pub fn children(&self, parent: MemberId) -> Vec<MemberId> {
        self.families().get(&parent).cloned().unwrap_or_default()
    }

    /// Returns the children of everybody who has some, sorted by number.
    #[must_use]
    pub fn families(&self) -> &BTreeMap<MemberId, Vec<MemberId>> {
        self.known.by_parent.get_or_init(|| {
            let mut index: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for folder in self.members() {
                if let Some(parent) = folder.member.get().and_then(|member| member.parent) {
                    index.entry(parent).or_default().push(folder.id);
                }
            }
            index
        })
    }

    /// Returns the credentials and inductions that name a facility.
    pub fn users_of<'r>(&'r self, facility: &'r Slug) -> impl Iterator<Item = Place> + 'r {
        self.members().flat_map(move |it| {
            let id = it.id;
            let granted = it.credentials.iter().filter(move |(_, credential)| {
                credential.grants.iter().any(|grant| grant.facility == *facility)
            });
            let granted = granted.map(move |(tag, _)| Place::Credential(id, tag.clone()));
            let inducted = it.inductions.iter().filter(move |(name, _)| name == facility);
            granted.chain(inducted.map(move |(name, _)| Place::Induction(id, name.clone())))
        })
    }

    /// Goes through credentials: whose, the tag, the code.
    fn credentials(&self) -> impl Iterator<Item = (MemberId, &Tag, CodeHash)> {
        self.members()
            .flat_map(|folder| folder.credentials.iter().map(|(tag, it)| (folder.id, tag, it.code)))
    }

    /// Returns the credentials that are there and cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = (Tag, Place)> {
        self.findings().into_iter().filter_map(|finding| match Place::of(&finding.path) {
            Ok(Some(Place::Credential(id, tag))) => Some((tag.clone(), Place::Credential(id, tag))),
            _ => None,
        })
    }
}
