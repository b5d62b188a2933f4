//! All members at once, for lists and for questions across all of them.

mod cursor;
pub(super) mod file;
pub(super) mod part;
mod row;

use std::{
    collections::{BTreeMap, HashMap},
    convert::Infallible,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

pub use part::Part;
pub use row::{Person, Row};

use self::part::Parts;
use super::cores;
use crate::domain::model::{CodeHash, Finding, MemberFolder, MemberId, Place, Slug, Tag};

/// Every member of one commit, sorted by number.
///
/// A hundred thousand are a few megabytes: they are kept as bytes, and read where they lie.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    parts: Vec<Arc<Part>>,
    findings: Vec<Finding>,
    by_code: OnceLock<HashMap<CodeHash, Vec<(MemberId, Tag)>>>,
    by_tag: OnceLock<HashMap<Tag, Vec<Place>>>,
    by_parent: OnceLock<BTreeMap<MemberId, Vec<MemberId>>>,
    /// How often it was asked for codes, tags or children.
    asked: Arc<AtomicU32>,
}

/// So many questions are answered by looking through everybody; then an index is worth its while.
const FEW: u32 = 8;

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

    /// Finds the part in which a number is, or would be.
    fn part_of(&self, id: MemberId) -> usize {
        let after =
            self.parts.partition_point(|part| part.ends().is_some_and(|(first, _)| first <= id));
        after.saturating_sub(1)
    }

    /// Returns every credential with a code.
    #[must_use]
    pub fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        if self.by_code.get().is_none() && self.is_seldom_asked() {
            let of = |part: &Part| -> Vec<_> {
                credentials(part.rows()).filter(|(_, _, it)| it == code).filter_map(owned).collect()
            };
            return self.by_part(of).concat();
        }
        let index = self.by_code.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::with_capacity(self.len());
            for credential in credentials(self.rows()) {
                index.entry(credential.2).or_default().extend(owned(credential));
            }
            index
        });
        index.get(code).cloned().unwrap_or_default()
    }

    /// Returns the codes of more than one credential, sorted.
    #[must_use]
    pub fn shared_codes(&self) -> Vec<CodeHash> {
        // As numbers, which are compared much faster than bytes are.
        let number = |(_, _, code): (MemberId, &str, CodeHash)| u128::from_be_bytes(*code.bytes());
        let all: Vec<Vec<u128>> =
            self.by_part(|part| credentials(part.rows()).map(number).collect());
        // Each core takes those that begin alike, so that nobody has to sort all of them.
        let alike = |first: usize| {
            let own = all.iter().flatten().filter(|code| (*code >> 124) as usize == first);
            let mut own: Vec<u128> = own.copied().collect();
            own.sort_unstable();
            let twice = own.windows(2).filter(|pair| pair[0] == pair[1]);
            let mut twice: Vec<u128> = twice.map(|pair| pair[0]).collect();
            twice.dedup();
            twice
        };
        let mut shared = Vec::new();
        let take = |twice: Vec<u128>| {
            shared.extend(twice.iter().map(|code| CodeHash::from_bytes(code.to_be_bytes())));
            Ok::<_, Infallible>(())
        };
        let Ok(()) = cores::in_order(16, || (), |(), first| alike(first), take);
        shared
    }

    /// Returns every credential with a tag, readable or not.
    #[must_use]
    pub fn tagged(&self, tag: &Tag) -> Vec<Place> {
        let place = |(id, tag)| Place::Credential(id, tag);
        if self.by_tag.get().is_none() && self.is_seldom_asked() {
            let of = |part: &Part| -> Vec<_> {
                let named = credentials(part.rows()).filter(|(_, it, _)| *it == tag.as_str());
                named.filter_map(owned).map(place).collect()
            };
            let unread =
                self.unreadable().filter(|(known, _)| known == tag).map(|(_, place)| place);
            return self.by_part(of).into_iter().flatten().chain(unread).collect();
        }
        let index = self.by_tag.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::with_capacity(self.len());
            for (id, tag) in credentials(self.rows()).filter_map(owned) {
                index.entry(tag.clone()).or_default().push(place((id, tag)));
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
        if self.by_parent.get().is_none() && self.is_seldom_asked() {
            let of = |part: &Part| -> Vec<_> {
                children(part.rows()).filter(|(it, _)| *it == parent).map(|(_, id)| id).collect()
            };
            return self.by_part(of).concat();
        }
        self.families().get(&parent).cloned().unwrap_or_default()
    }

    /// Returns the children of everybody who has some, sorted by number.
    #[must_use]
    pub fn families(&self) -> &BTreeMap<MemberId, Vec<MemberId>> {
        self.by_parent.get_or_init(|| {
            let mut index: BTreeMap<_, Vec<_>> = BTreeMap::new();
            let of = |part: &Part| children(part.rows()).collect::<Vec<_>>();
            for (parent, id) in self.by_part(of).concat() {
                index.entry(parent).or_default().push(id);
            }
            index
        })
    }

    /// Returns the credentials and inductions that name a facility.
    pub fn users_of<'r>(&'r self, facility: &'r Slug) -> impl Iterator<Item = Place> + 'r {
        self.members().flat_map(move |it| {
            let id = it.id;
            let granted = it.credentials.into_iter().filter(move |(_, credential)| {
                credential.grants.iter().any(|grant| grant.facility == *facility)
            });
            let granted = granted.map(move |(tag, _)| Place::Credential(id, tag));
            let inducted = it.inductions.into_iter().filter(move |(name, _)| name == facility);
            granted.chain(inducted.map(move |(name, _)| Place::Induction(id, name)))
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

    /// Puts members in the place of their former selves, and takes out those that are gone.
    pub(super) fn patch(
        &mut self,
        changed: Vec<(MemberId, Option<MemberFolder>)>,
        findings: Vec<Finding>,
    ) {
        (self.by_code, self.by_tag, self.by_parent) = Default::default();
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
    let mut parts = former.map(Parts::like).unwrap_or_default();
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

/// Goes through credentials: whose, the tag, the code.
fn credentials<'r>(
    rows: impl Iterator<Item = Row<'r>>,
) -> impl Iterator<Item = (MemberId, &'r str, CodeHash)> {
    rows.flat_map(|row| row.credentials().map(move |(tag, code)| (row.id(), tag, code)))
}

/// Goes through the members who have a parent, whom first.
fn children<'r>(rows: impl Iterator<Item = Row<'r>>) -> impl Iterator<Item = (MemberId, MemberId)> {
    rows.filter_map(|row| Some((row.person()?.parent?, row.id())))
}

fn owned((id, tag, _): (MemberId, &str, CodeHash)) -> Option<(MemberId, Tag)> {
    Some((id, tag.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::{Credential, CredentialType, Member, Slot};

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
        let mut parts = Parts::default();
        [folder(1), folder(2)].iter().for_each(|folder| parts.add(folder));
        let roster = Roster::new(parts.finish(), findings);
        let answers: Vec<_> =
            (0..2 * FEW).map(|_| (roster.holders(&code), roster.tagged(&tag))).collect();
        assert_eq!((answers[0].0.len(), answers[0].1.len()), (2, 3));
        assert!(roster.by_code.get().is_some() && roster.by_tag.get().is_some());
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }

    #[test]
    fn the_children_of_a_parent_are_found_at_first_and_later() {
        let child = |number: u64| {
            let mut folder = plain(number, 2020);
            if let Slot::Read(member) = &mut folder.member {
                member.parent = MemberId::new(number % 3).ok().filter(|_| number > 5);
            }
            folder
        };
        let mut parts = Parts::default();
        (0..3_000).for_each(|number| parts.add(&child(number)));
        let mut roster = Roster::new(parts.finish(), Vec::new());
        let parent = MemberId::new(2).unwrap();
        let expected: Vec<_> =
            (6..3_000).filter(|it| it % 3 == 2).map(|it| MemberId::new(it).unwrap()).collect();
        for _ in 0..2 * FEW {
            assert_eq!(roster.children(parent), expected);
            assert_eq!(roster.children(MemberId::new(3).unwrap()), []);
        }
        assert_eq!(roster.families().len(), 3);
        roster.patch(vec![(expected[0], None)], Vec::new());
        assert_eq!(roster.children(parent), expected[1..]);
    }

    #[test]
    fn codes_of_several_credentials_are_found_whatever_they_begin_with() {
        let code = |number: u64| CodeHash::from_bytes([(number % 256) as u8; 16]);
        let mut parts = Parts::default();
        // those of 0 to 43 are of two members, that of 255 twice of one
        for number in 0..300 {
            let kind = CredentialType::Fob;
            let credential = Credential { kind, code: code(number), grants: Vec::new() };
            let tags = if number == 255 { &["t1", "t2"][..] } else { &["t1"] };
            let credentials = tags.iter().map(|tag| (tag.parse().unwrap(), credential.clone()));
            parts.add(&MemberFolder { credentials: credentials.collect(), ..plain(number, 2020) });
        }
        let expected: Vec<_> = (0..44).chain([255]).map(code).collect();
        assert_eq!(Roster::new(parts.finish(), Vec::new()).shared_codes(), expected);
    }

    fn plain(number: u64, joined: i16) -> MemberFolder {
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
