//! The newest records as checks ask for them: single ones from the tree, the rest from the roster.

use std::str::FromStr;

use super::{
    Revision, Store, StoreError,
    roster::Row,
    tree::{self, Entry, Mode},
};
use crate::domain::{
    model::{CodeHash, MemberId, Place, Record, Slug, Tag},
    records::Records,
};

impl Revision<'_> {
    /// Returns the names of all profiles of tables.
    #[must_use]
    pub fn profiles(&self) -> Vec<Slug> {
        self.names("statement-profiles", ".json")
    }

    /// Returns the ids of all payers who are remembered.
    #[must_use]
    pub fn payers(&self) -> Vec<Tag> {
        self.names("payers", ".json")
    }

    /// Lists the names in a folder, without their ending.
    pub(super) fn names<N: FromStr>(&self, path: &str, ending: &str) -> Vec<N> {
        let Some(folder) = self.folder(path) else { return Vec::new() };
        tree::entries(&folder)
            .filter_map(|entry| entry.text()?.strip_suffix(ending)?.parse().ok())
            .collect()
    }
}

/// Single records are read from the tree; what needs all members is loaded when first asked for,
/// and then kept in the store and brought forward from commit to commit.
impl Records for Revision<'_> {
    fn record(&self, place: &Place) -> Option<Record> {
        Revision::record(self, place).ok().flatten()
    }

    fn exists(&self, place: &Place) -> bool {
        matches!(self.find(&place.to_string()), Ok(Some(_)))
    }

    fn facilities(&self) -> Vec<Slug> {
        self.names("facilities", "")
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.names(&format!("facilities/{facility}/requirements"), ".json")
    }

    fn within(&self, member: MemberId) -> Vec<Place> {
        let home = format!("members/{}/{member}", member.bucket());
        let Some(folder) = self.folder(&home) else { return Vec::new() };
        let mut places = Vec::new();
        for entry in tree::entries(&folder) {
            let path = format!("{home}/{}", entry.shown());
            if entry.mode == Mode::Folder {
                let inner = self.folder(&path);
                let inner = inner.as_ref().map_or(&[][..], Vec::as_slice);
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
        self.roster().holders(code)
    }

    fn tagged(&self, tag: &Tag) -> Vec<Place> {
        let mut places = self.roster().tagged(tag);
        for facility in self.facilities() {
            let place = Place::Requirement(facility, tag.clone());
            if self.exists(&place) {
                places.push(place);
            }
        }
        places
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        let roster = self.roster();
        let of_tier = |it: &Row<'_>| it.person().is_some_and(|it| it.tier == tier);
        roster.rows().filter(of_tier).map(|it| it.id()).take(most).collect()
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<Place> {
        let first = self.facilities().into_iter().map(Place::Facility).filter(|place| {
            matches!(Records::record(self, place), Some(Record::Facility(it)) if it.inductions_first.contains(facility))
        });
        let roster = self.roster();
        first.chain(roster.users_of(facility)).take(most).collect()
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        self.roster().children(parent)
    }

    fn payments(&self) -> Vec<(MemberId, Tag)> {
        let mut found = Vec::new();
        // Tree by tree: looking each member up from the top would read the large ones again.
        let Some(members) = self.folder("members") else { return found };
        for bucket in folders(&members) {
            let Ok(bucket) = self.database.read(bucket.id) else { continue };
            for member in folders(&bucket.bytes) {
                let Some(id) = member.text().and_then(|name| name.parse().ok()) else { continue };
                let Ok(home) = self.database.read(member.id) else { continue };
                let payments = folders(&home.bytes).find(|entry| entry.name == b"payments");
                let Some(Ok(payments)) = payments.map(|entry| self.database.read(entry.id)) else {
                    continue;
                };
                let names = tree::entries(&payments.bytes)
                    .filter_map(|entry| entry.text()?.strip_suffix(".json")?.parse().ok());
                found.extend(names.map(|name| (id, name)));
            }
        }
        found
    }

    fn unmatched(&self) -> Vec<(i16, Tag)> {
        let Some(top) = self.folder("unmatched") else { return Vec::new() };
        let years: Vec<i16> = folders(&top).filter_map(|year| year.text()?.parse().ok()).collect();
        let of = |year| {
            let ids = self.names(&format!("unmatched/{year:04}"), ".json");
            ids.into_iter().map(move |id| (year, id))
        };
        years.into_iter().flat_map(of).collect()
    }
}

/// Lists the folders in a tree.
fn folders(tree: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    tree::entries(tree).filter(|entry| entry.mode == Mode::Folder)
}

impl Store {
    /// Returns the records of the branch's newest commit, for checks.
    pub(super) fn newest_records(&self) -> Result<Revision<'_>, StoreError> {
        self.read(self.newest()?)
    }
}
