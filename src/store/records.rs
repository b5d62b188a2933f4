//! The newest records as checks ask for them: single ones from the tree, the rest from the roster.

use std::str::FromStr;

use super::{
    Revision, Store, StoreError,
    tree::{self, Mode},
};
use crate::domain::{
    check::Records,
    model::{CodeHash, MemberFolder, MemberId, Place, Record, Slug, Tag},
};

/// The records of one commit. Single ones are read from its tree; what needs all members is loaded
/// when first asked for, and then kept in the store and brought forward from commit to commit.
pub(super) struct Newest<'s> {
    pub(super) revision: Revision<'s>,
}

impl Newest<'_> {
    /// Lists the names in a folder, without their ending.
    fn names<N: FromStr>(&self, path: &str, ending: &str) -> Vec<N> {
        let Some(folder) = self.revision.folder(path) else { return Vec::new() };
        tree::entries(folder.data())
            .filter_map(|entry| entry.text()?.strip_suffix(ending)?.parse().ok())
            .collect()
    }
}

impl Records for Newest<'_> {
    fn record(&self, place: &Place) -> Option<Record> {
        self.revision.record(place).ok().flatten()
    }

    fn exists(&self, place: &Place) -> bool {
        matches!(self.revision.find(&place.to_string()), Ok(Some(_)))
    }

    fn facilities(&self) -> Vec<Slug> {
        self.names("facilities", "")
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.names(&format!("facilities/{facility}/requirements"), ".json")
    }

    fn within(&self, member: MemberId) -> Vec<Place> {
        let home = format!("members/{}/{member}", member.bucket());
        let Some(folder) = self.revision.folder(&home) else { return Vec::new() };
        let mut places = Vec::new();
        for entry in tree::entries(folder.data()) {
            let path = format!("{home}/{}", entry.shown());
            if entry.mode == Mode::Folder {
                let inner = self.revision.folder(&path);
                let inner = inner.as_ref().map_or(&[][..], |object| object.data());
                places.extend(tree::entries(inner).filter_map(|file| {
                    Place::of(&format!("{path}/{}", file.shown())).ok().flatten()
                }));
            } else {
                places.extend(Place::of(&path).ok().flatten());
            }
        }
        places
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        self.revision.roster().holders(code)
    }

    fn tagged(&self, tag: &Tag) -> Vec<Place> {
        let mut places = self.revision.roster().tagged(tag);
        for facility in self.facilities() {
            let place = Place::Requirement(facility, tag.clone());
            if self.exists(&place) {
                places.push(place);
            }
        }
        places
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        let roster = self.revision.roster();
        let of_tier = |it: &&MemberFolder| it.member.get().is_some_and(|it| it.tier == *tier);
        roster.members().iter().filter(of_tier).map(|it| it.id).take(most).collect()
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<Place> {
        let first = self.facilities().into_iter().map(Place::Facility).filter(|place| {
            matches!(self.record(place), Some(Record::Facility(it)) if it.inductions_first.contains(facility))
        });
        let roster = self.revision.roster();
        first.chain(roster.users_of(facility)).take(most).collect()
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        let roster = self.revision.roster();
        let child = |it: &&MemberFolder| {
            it.member.get().is_some_and(|member| member.parent == Some(parent))
        };
        roster.members().iter().filter(child).map(|it| it.id).collect()
    }
}

impl Store {
    /// Returns the records of the branch's newest commit, for checks.
    pub(super) fn newest_records(&self) -> Result<Newest<'_>, StoreError> {
        Ok(Newest { revision: self.read(self.newest()?)? })
    }
}
