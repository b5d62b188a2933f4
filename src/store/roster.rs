//! All members at once, for lists and for questions across all of them.

mod cursor;
pub(super) mod file;
mod known;
pub(super) mod part;
mod row;

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

pub use part::Part;
pub use row::{Person, Row};

use self::{known::Known, part::Parts};
use super::cores;
use crate::domain::{
    dues::{Cover, Payer},
    model::{Basis, Finding, MemberFolder, MemberId, Place},
};

/// Every member of one commit, sorted by number.
///
/// A hundred thousand are a few megabytes: they are kept as bytes, and read where they lie.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    parts: Vec<Arc<Part>>,
    findings: Vec<Finding>,
    known: Known,
}

impl Roster {
    pub(super) fn new(parts: Vec<Arc<Part>>, findings: Vec<Finding>) -> Self {
        Self { parts, findings, ..Self::default() }
    }

    /// Goes through the members, sorted by number.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        self.parts.iter().flat_map(|part| part.rows())
    }

    /// Makes the folders of all members, sorted by number.
    pub fn members(&self) -> impl Iterator<Item = MemberFolder> {
        self.rows().map(|row| row.folder())
    }

    /// Returns how many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }

    /// Tells whether there is nobody.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the members in parts, for work on every core.
    #[must_use]
    pub fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    /// Asks every part on every core; returns the answers in order.
    pub fn by_part<'r, T: Send>(&'r self, ask: impl Fn(&'r Part) -> T + Sync) -> Vec<T> {
        let mut answers = Vec::with_capacity(self.parts.len());
        let work = |(): &mut (), part: usize| ask(&self.parts[part]);
        let take = |answer| {
            answers.push(answer);
            Ok::<_, Infallible>(())
        };
        let Ok(()) = cores::in_order(self.parts.len(), || (), work, take);
        answers
    }

    /// Returns what could not be read of them.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<Row<'_>> {
        self.parts.get(self.part_of(id))?.get(id)
    }

    /// Works out until when a member is covered, by the settings and tiers of a space.
    #[must_use]
    pub fn cover(&self, of: &Person<'_>, basis: &Basis) -> Cover {
        let payer = |it: &Person<'_>| Payer::by(basis, it.parent, it.tier, it.paid_until);
        Cover::by(basis, payer(of), |id| self.get(id)?.person().as_ref().map(payer))
    }

    /// Finds the part in which a number is, or would be.
    fn part_of(&self, id: MemberId) -> usize {
        let after =
            self.parts.partition_point(|part| part.ends().is_some_and(|(first, _)| first <= id));
        after.saturating_sub(1)
    }

    /// Puts members in the place of their former selves, and takes out those that are gone.
    pub(super) fn patch(
        &mut self,
        changed: Vec<(MemberId, Option<MemberFolder>)>,
        findings: Vec<Finding>,
    ) {
        self.known.forget();
        let news: BTreeMap<MemberId, Option<MemberFolder>> = changed.into_iter().collect();
        let touched = |finding: &Finding| {
            let place = Place::of(&finding.path).ok().flatten();
            place.and_then(|place| place.member()).is_some_and(|id| news.contains_key(&id))
        };
        self.findings.retain(|finding| !touched(finding));
        self.findings.extend(findings);
        self.findings.sort();
        let mut by_part: BTreeMap<usize, BTreeMap<MemberId, Option<MemberFolder>>> =
            BTreeMap::new();
        for (id, folder) in news {
            by_part.entry(self.part_of(id)).or_default().insert(id, folder);
        }
        // From the last one on, so that the places of those before stay what they are.
        for (place, news) in by_part.into_iter().rev() {
            let former = self.parts.get(place).cloned();
            let end = if former.is_some() { place + 1 } else { place };
            self.parts.splice(place..end, patched(former.as_deref(), news));
        }
    }
}

/// Makes one part, or several, of a part and what is new.
fn patched(
    former: Option<&Part>,
    mut news: BTreeMap<MemberId, Option<MemberFolder>>,
) -> Vec<Arc<Part>> {
    let mut parts = former.map(|part| Parts::of(part.names())).unwrap_or_default();
    for row in former.into_iter().flat_map(Part::rows) {
        let later = news.split_off(&row.id());
        news.values().flatten().for_each(|folder| parts.add(folder));
        news = later;
        match news.remove(&row.id()) {
            None => parts.copy(row),
            Some(folder) => folder.iter().for_each(|folder| parts.add(folder)),
        }
    }
    news.values().flatten().for_each(|folder| parts.add(folder));
    parts.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::{Member, Slot};

    pub(super) fn plain(number: u64, joined: i16) -> MemberFolder {
        let member = Member {
            name: format!("Member {number}"),
            tier: "standard".parse().unwrap(),
            joined: jiff::civil::date(joined, 1, 1),
            left: None,
            suspended: None,
            parent: None,
            concession: None,
            chosen_amount: None,
            paid_until: None,
        };
        let id = MemberId::new(number).unwrap();
        MemberFolder {
            id,
            member: Slot::Read(member),
            credentials: Vec::new(),
            inductions: Vec::new(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn a_patched_one_is_as_one_made_anew(
            first in prop::collection::btree_set(0_u64..4_000, 0..3_000),
            changes in prop::collection::vec(
                prop::collection::vec((0_u64..5_000, any::<bool>()), 1..400), 1..5),
        ) {
            let mut expected: BTreeMap<_, _> =
                first.into_iter().map(|it| (it, plain(it, 2020))).collect();
            let mut parts = Parts::default();
            expected.values().for_each(|folder| parts.add(folder));
            let mut roster = Roster::new(parts.finish(), Vec::new());
            for (round, changes) in changes.into_iter().enumerate() {
                let changes: BTreeMap<_, _> = changes.into_iter().collect();
                let mut news = Vec::new();
                for (number, stays) in changes {
                    let folder = stays.then(|| plain(number, 2021 + round as i16));
                    news.push((MemberId::new(number).unwrap(), folder.clone()));
                    match folder {
                        Some(folder) => expected.insert(number, folder),
                        None => expected.remove(&number),
                    };
                }
                roster.patch(news, Vec::new());
                prop_assert!(roster.members().eq(expected.values().cloned()));
                prop_assert_eq!(roster.len(), expected.len());
                prop_assert!(roster.parts().iter().all(|part| part.len() <= part::PART));
            }
            for (number, folder) in &expected {
                let found = roster.get(MemberId::new(*number).unwrap());
                prop_assert_eq!(found.map(|row| row.folder()), Some(folder.clone()));
            }
        }
    }
}
