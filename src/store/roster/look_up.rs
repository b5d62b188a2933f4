//! Who holds a code or a tag, who uses a facility, and who has which children.

use std::collections::{BTreeMap, HashMap};

use super::Roster;
use crate::domain::model::{CodeHash, MemberId, RecordPath, Slug, Tag};

impl Roster {
    /// Returns every credential with a code.
    #[must_use]
    pub fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        let index = self.indexes.by_code.get_or_init(|| {
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
    pub fn tagged(&self, tag: &Tag) -> Vec<RecordPath> {
        let index = self.indexes.by_tag.get_or_init(|| {
            let mut index: HashMap<_, Vec<_>> = HashMap::new();
            for (id, tag, _) in self.credentials() {
                index.entry(tag.clone()).or_default().push(RecordPath::Credential(id, tag.clone()));
            }
            for (tag, record_path) in self.unreadable() {
                index.entry(tag).or_default().push(record_path);
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

    /// Returns the children of every parent, sorted by number.
    #[must_use]
    pub fn families(&self) -> &BTreeMap<MemberId, Vec<MemberId>> {
        self.indexes.by_parent.get_or_init(|| {
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
    pub fn users_of<'r>(&'r self, facility: &'r Slug) -> impl Iterator<Item = RecordPath> + 'r {
        self.members().flat_map(move |it| {
            let id = it.id;
            let granted = it.credentials.iter().filter(move |(_, credential)| {
                credential.grants.iter().any(|grant| grant.facility == *facility)
            });
            let granted = granted.map(move |(tag, _)| RecordPath::Credential(id, tag.clone()));
            let inducted = it.inductions.iter().filter(move |(name, _)| name == facility);
            granted.chain(inducted.map(move |(name, _)| RecordPath::Induction(id, name.clone())))
        })
    }

    /// Iterates over the credentials: member, tag and code.
    fn credentials(&self) -> impl Iterator<Item = (MemberId, &Tag, CodeHash)> {
        self.members()
            .flat_map(|folder| folder.credentials.iter().map(|(tag, it)| (folder.id, tag, it.code)))
    }

    /// Returns the credentials that exist but cannot be read.
    fn unreadable(&self) -> impl Iterator<Item = (Tag, RecordPath)> {
        self.findings().into_iter().filter_map(|finding| match RecordPath::of(&finding.path) {
            Ok(Some(RecordPath::Credential(id, tag))) => {
                Some((tag.clone(), RecordPath::Credential(id, tag)))
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::{
        domain::model::{
            Credential, CredentialType, Finding, FindingCode, Grant, Induction, Member,
            MemberFolder, Slot,
        },
        store::roster::Snapshot,
    };

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    fn folder(number: u64, parent: Option<u64>, code: u8) -> MemberFolder {
        let member = Member {
            name: format!("Member {number}"),
            tier: "standard".parse().unwrap(),
            joined: date(2020, 1, 1),
            left: None,
            suspended: None,
            suspended_until: None,
            parent: parent.map(id),
            concession: false,
            chosen_amount: None,
            paid_until: None,
        };
        let grant = Grant {
            facility: "laser".parse().unwrap(),
            priority: 1,
            effective: jiff::Timestamp::UNIX_EPOCH,
            expiration: None,
        };
        let credential = Credential {
            kind: CredentialType::Fob,
            code: CodeHash::from_bytes([code; 16]),
            grants: vec![grant],
        };
        MemberFolder {
            id: id(number),
            member: Slot::Read(member),
            credentials: vec![(format!("t{number}").parse().unwrap(), credential)],
            inductions: Vec::new(),
            unread: vec![],
        }
    }

    fn roster(folders: Vec<MemberFolder>, unreadable: &[&str]) -> Roster {
        let members = folders.into_iter().map(|folder| (folder.id, folder)).collect();
        let finding = |path: &&str| Finding::error(FindingCode::NoJson, path, "is broken");
        let findings = unreadable.iter().map(finding).collect();
        Roster::new(Arc::new(Snapshot::from_members(members, findings)))
    }

    #[test]
    fn a_code_is_found_with_all_its_holders() {
        let roster = roster(vec![folder(1, None, 7), folder(2, None, 8), folder(3, None, 7)], &[]);
        let holders = |code| roster.holders(&CodeHash::from_bytes([code; 16]));
        let tag = |text: &str| text.parse::<Tag>().unwrap();
        assert_eq!(holders(7), [(id(1), tag("t1")), (id(3), tag("t3"))]);
        assert_eq!(holders(8), [(id(2), tag("t2"))]);
        assert_eq!(holders(9), []);
    }

    #[test]
    fn a_tag_is_found_though_its_record_cannot_be_read() {
        let broken = ["members/00/0003/credentials/t1.json", "members/00/0003/member.json"];
        let roster = roster(vec![folder(1, None, 7)], &broken);
        let tagged = |text: &str| roster.tagged(&text.parse().unwrap());
        let record_path = |number| RecordPath::Credential(id(number), "t1".parse().unwrap());
        assert_eq!(tagged("t1"), [record_path(1), record_path(3)]);
        assert_eq!(tagged("t3"), []);
    }

    #[test]
    fn children_are_found_by_their_parent() {
        let folders = vec![
            folder(1, None, 1),
            folder(2, Some(1), 2),
            folder(3, Some(9), 3),
            folder(4, Some(1), 4),
        ];
        let roster = roster(folders, &[]);
        assert_eq!(roster.children(id(1)), [id(2), id(4)]);
        assert_eq!(roster.children(id(2)), []);
        let families: Vec<_> = roster.families().iter().map(|(id, all)| (*id, all.len())).collect();
        assert_eq!(families, [(id(1), 2), (id(9), 1)], "a parent need not be there");
    }

    #[test]
    fn a_facility_is_used_by_credentials_and_inductions() {
        let mut inducted = folder(2, None, 2);
        let induction = Induction { on: date(2020, 1, 1), by: None, inductor: false };
        inducted.inductions.push(("laser".parse().unwrap(), induction.clone()));
        inducted.inductions.push(("lathe".parse().unwrap(), induction));
        let roster = roster(vec![folder(1, None, 1), inducted], &[]);
        let users = |name: &str| -> Vec<String> {
            roster
                .users_of(&name.parse().unwrap())
                .map(|record_path| record_path.to_string())
                .collect()
        };
        assert_eq!(
            users("laser"),
            [
                "members/00/0001/credentials/t1.json",
                "members/00/0002/credentials/t2.json",
                "members/00/0002/inductions/laser.json",
            ]
        );
        assert_eq!(users("lathe"), ["members/00/0002/inductions/lathe.json"]);
        assert_eq!(users("door"), [] as [&str; 0]);
    }
}
