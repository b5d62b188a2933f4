//! Who holds a code or a tag, who uses a facility, and whose children are whose.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use super::{Part, Roster, Row};
use crate::domain::model::{CodeHash, MemberId, Place, Slug, Tag};

/// So many questions are answered by looking through everybody; then an index is worth its while.
const FEW: u32 = 8;

/// What was asked so often that it is looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    by_code: OnceLock<HashMap<CodeHash, Vec<(MemberId, Tag)>>>,
    by_tag: OnceLock<HashMap<Tag, Vec<Place>>>,
    by_parent: OnceLock<BTreeMap<MemberId, Vec<MemberId>>>,
    /// How often it was asked.
    asked: Arc<AtomicU32>,
}

impl Known {
    /// Forgets everything but how often it was asked.
    pub(super) fn forget(&mut self) {
        *self = Self { asked: Arc::clone(&self.asked), ..Self::default() };
    }
}

impl Roster {
    /// Returns every credential with a code.
    #[must_use]
    pub fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        if self.known.by_code.get().is_none() && self.is_seldom_asked() {
            let of = |part: &Part| -> Vec<_> {
                let rows = part.rows().filter(|row| row.codes().any(|it| it == *code));
                credentials(rows).filter(|(_, _, it)| it == code).filter_map(owned).collect()
            };
            return self.by_part(of).concat();
        }
        let index = self.known.by_code.get_or_init(|| {
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
        let number = |code: CodeHash| u128::from_be_bytes(*code.bytes());
        let of = |part: &Part| part.rows().flat_map(|row| row.codes()).map(number).collect();
        let all: Vec<Vec<u128>> = self.by_part(of);
        // Codes begin evenly, so few begin as another one does; only those are sorted.
        let bits =
            (16 * all.iter().map(Vec::len).sum::<usize>()).next_power_of_two().ilog2().max(6);
        let beginning = |code: u128| (code >> (128 - bits)) as usize;
        let (mut seen, mut again) = (vec![0_u64; 1 << (bits - 6)], vec![0_u64; 1 << (bits - 6)]);
        for code in all.iter().flatten() {
            let (word, bit) = (beginning(*code) / 64, 1 << (beginning(*code) % 64));
            again[word] |= seen[word] & bit;
            seen[word] |= bit;
        }
        let alike = |code: &u128| again[beginning(*code) / 64] >> (beginning(*code) % 64) & 1 == 1;
        let mut own: Vec<u128> = all.into_iter().flatten().filter(alike).collect();
        own.sort_unstable();
        let mut twice: Vec<u128> =
            own.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        twice.into_iter().map(|code| CodeHash::from_bytes(code.to_be_bytes())).collect()
    }

    /// Returns every credential with a tag, readable or not.
    #[must_use]
    pub fn tagged(&self, tag: &Tag) -> Vec<Place> {
        let place = |(id, tag)| Place::Credential(id, tag);
        if self.known.by_tag.get().is_none() && self.is_seldom_asked() {
            let of = |part: &Part| -> Vec<_> {
                let named = credentials(part.rows()).filter(|(_, it, _)| *it == tag.as_str());
                named.filter_map(owned).map(place).collect()
            };
            let unread =
                self.unreadable().filter(|(known, _)| known == tag).map(|(_, place)| place);
            return self.by_part(of).into_iter().flatten().chain(unread).collect();
        }
        let index = self.known.by_tag.get_or_init(|| {
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
        if self.known.by_parent.get().is_none() && self.is_seldom_asked() {
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
        self.known.by_parent.get_or_init(|| {
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
        self.known.asked.fetch_add(1, Ordering::Relaxed) < FEW
    }

    /// Returns the credentials that are there and cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = (Tag, Place)> {
        self.findings.iter().filter_map(|finding| match Place::of(&finding.path) {
            Ok(Some(Place::Credential(id, tag))) => Some((tag.clone(), Place::Credential(id, tag))),
            _ => None,
        })
    }
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
    use super::*;
    use crate::{
        domain::model::{Credential, CredentialType, Finding, FindingCode, MemberFolder, Slot},
        store::roster::{part::Parts, tests::plain},
    };

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
        let findings = vec![Finding::error(FindingCode::NoJson, broken, "is broken")];
        let mut parts = Parts::default();
        [folder(1), folder(2)].iter().for_each(|folder| parts.add(folder));
        let roster = Roster::new(parts.finish(), findings);
        let answers: Vec<_> =
            (0..2 * FEW).map(|_| (roster.holders(&code), roster.tagged(&tag))).collect();
        assert_eq!((answers[0].0.len(), answers[0].1.len()), (2, 3));
        assert!(roster.known.by_code.get().is_some() && roster.known.by_tag.get().is_some());
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
        let code = |number: u64| {
            let mut bytes = [(number % 256) as u8; 16];
            // those from 300 on begin as others do, and are alone
            bytes[15] = if number < 300 { bytes[15] } else { !bytes[15] };
            CodeHash::from_bytes(bytes)
        };
        let mut parts = Parts::default();
        // those of 0 to 43 are of two members, that of 255 twice of one
        for number in 0..400 {
            let kind = CredentialType::Fob;
            let credential = Credential { kind, code: code(number), grants: Vec::new() };
            let tags = if number == 255 { &["t1", "t2"][..] } else { &["t1"] };
            let credentials = tags.iter().map(|tag| (tag.parse().unwrap(), credential.clone()));
            parts.add(&MemberFolder { credentials: credentials.collect(), ..plain(number, 2020) });
        }
        let expected: Vec<_> = (0..44).chain([255]).map(code).collect();
        assert_eq!(Roster::new(parts.finish(), Vec::new()).shared_codes(), expected);
    }
}
