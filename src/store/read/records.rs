//! The newest records as checks need them: single ones from the tree, the rest from the roster.

use std::str::FromStr;

use jiff::civil::Date;

use crate::{
    domain::{
        model::{CodeHash, MemberFolder, MemberId, Record, RecordPath, Slug, Tag, budget},
        records::{Records, mentions},
    },
    store::{
        Revision,
        objects::tree::{Mode, Tree, TreeEntry},
        roster::Payments,
    },
};

impl Revision<'_> {
    /// Returns the names of all statement profiles.
    #[must_use]
    pub fn profiles(&self) -> Vec<Slug> {
        self.names("statement-profiles", ".json")
    }

    /// Returns the ids of all remembered payers.
    #[must_use]
    pub fn payers(&self) -> Vec<Tag> {
        self.names("payers", ".json")
    }

    /// Lists the names in a folder, without their extension.
    pub(in crate::store) fn names<N: FromStr>(&self, path: &str, ending: &str) -> Vec<N> {
        let Some(folder) = self.folder(path) else { return Vec::new() };
        folder
            .entries()
            .filter_map(|entry| entry.text()?.strip_suffix(ending)?.parse().ok())
            .collect()
    }
}

/// Single records are read from the tree. What needs all members is loaded when first needed, then
/// kept in the store and updated from commit to commit.
impl Records for Revision<'_> {
    fn record(&self, record_path: &RecordPath) -> Option<Record> {
        Revision::record(self, record_path).ok().flatten()
    }

    fn exists(&self, record_path: &RecordPath) -> bool {
        matches!(self.find(&record_path.to_string()), Ok(Some(_)))
    }

    fn facilities(&self) -> Vec<Slug> {
        self.names("facilities", "")
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.names(&format!("facilities/{facility}/requirements"), ".json")
    }

    fn meters(&self) -> Vec<Slug> {
        self.names("meters", ".json")
    }

    fn zones(&self) -> Vec<Slug> {
        self.names("zones", ".json")
    }

    fn channels(&self) -> Vec<Slug> {
        self.names("channels", ".json")
    }

    fn within(&self, member: MemberId) -> Vec<RecordPath> {
        let home = format!("members/{}/{member}", member.bucket());
        let Some(folder) = self.folder(&home) else { return Vec::new() };
        let mut paths = Vec::new();
        for entry in folder.entries() {
            let path = format!("{home}/{}", entry.shown());
            if entry.mode == Mode::Folder {
                let inner = self.folder(&path).unwrap_or_default();
                paths.extend(inner.entries().filter_map(|file| {
                    RecordPath::of(&format!("{path}/{}", file.shown())).ok().flatten()
                }));
            } else {
                paths.extend(RecordPath::of(&path).ok().flatten());
            }
        }
        paths
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        self.roster().holders(code)
    }

    fn tagged(&self, tag: &Tag) -> Vec<RecordPath> {
        let mut paths = self.roster().tagged(tag);
        for facility in self.facilities() {
            let record_path = RecordPath::Requirement(facility, tag.clone());
            if self.exists(&record_path) {
                paths.push(record_path);
            }
        }
        paths
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        let roster = self.roster();
        let of_tier = |it: &&MemberFolder| it.member.get().is_some_and(|it| it.tier == *tier);
        roster.members().filter(of_tier).map(|it| it.id).take(most).collect()
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<RecordPath> {
        let names = |record_path: &RecordPath| {
            let record = Records::record(self, record_path);
            record.is_some_and(|record| {
                mentions::facilities(record_path, &record).contains(&facility)
            })
        };
        let facilities = self.facilities().into_iter().map(RecordPath::Facility);
        let meters = self.meters().into_iter().map(RecordPath::Meter);
        let zones = self.zones().into_iter().map(RecordPath::Zone);
        let channels = self.channels().into_iter().map(RecordPath::Channel);
        let space = std::iter::once(RecordPath::Space);
        let found =
            facilities.chain(meters).chain(zones).chain(channels).chain(space).filter(names);
        let roster = self.roster();
        found.chain(roster.users_of(facility)).take(most).collect()
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        self.roster().children(parent)
    }

    fn payments(&self) -> Vec<(MemberId, Tag)> {
        let payments = self.snapshot::<Payments>();
        let names = payments.iter().flat_map(|(id, all)| all.0.iter().map(move |(it, _)| (id, it)));
        names.map(|(id, name)| (id, name.clone())).collect()
    }

    fn as_of(&self, member: MemberId, day: Date) -> Option<Box<dyn Records + '_>> {
        Some(Box::new(self.as_of_day(member, day)?))
    }

    fn load(&self) -> u64 {
        self.roster().members().map(budget::load_of_folder).sum()
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
fn folders(tree: &Tree) -> impl Iterator<Item = TreeEntry<'_>> {
    tree.entries().filter(|entry| entry.mode == Mode::Folder)
}
