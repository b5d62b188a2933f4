//! Some members in one piece of bytes, with a table of where each begins.

use std::sync::Arc;

use super::{
    cursor::{Cursor, Pen},
    row::{self, Row},
};
use crate::domain::model::{MemberFolder, MemberId, Slug};

/// So many members are one part.
pub(in crate::store) const PART: usize = 1_024;

/// Members who follow each other, sorted by number.
///
/// The bytes are: the names that members give by number, how many members there are, where each
/// begins, and the members.
#[derive(Debug)]
pub struct Part {
    names: Vec<Slug>,
    count: usize,
    /// Where the table begins, and where the members do.
    table: usize,
    body: usize,
    bytes: Vec<u8>,
}

impl Part {
    /// Takes bytes, if they begin as a part does. Whether each member can be read is found out when
    /// it is: whoever has bytes from a file holds them against a hash first.
    pub(in crate::store) fn new(bytes: Vec<u8>) -> Option<Self> {
        let mut at = Cursor(&bytes);
        let names = (0..at.length()?).map(|_| at.text()?.parse().ok()).collect::<Option<_>>()?;
        let count = at.length()?;
        let table = bytes.len() - at.0.len();
        let body = table + count.checked_mul(4)?;
        let part = Self { names, count, table, body, bytes };
        part.ends().is_some().then_some(part)
    }

    /// Returns the names that members give by number.
    pub(super) fn names(&self) -> &[Slug] {
        &self.names
    }

    /// Returns what [`Part::new`] takes.
    pub(in crate::store) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns how many members there are; there is one at least.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Goes through the members.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        (0..self.count).filter_map(|place| self.row(place))
    }

    /// Finds a member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<Row<'_>> {
        let (mut from, mut to) = (0, self.count);
        while from < to {
            let middle = from.midpoint(to);
            let row = self.row(middle)?;
            match row.id().cmp(&id) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(row),
            }
        }
        None
    }

    /// Returns the first and the last number.
    pub(in crate::store) fn ends(&self) -> Option<(MemberId, MemberId)> {
        Some((self.row(0)?.id(), self.row(self.count.checked_sub(1)?)?.id()))
    }

    fn row(&self, place: usize) -> Option<Row<'_>> {
        let members = self.bytes.get(self.body..)?;
        let start = self.start(place)?;
        let end = if place + 1 < self.count { self.start(place + 1)? } else { members.len() };
        Row::new(&self.names, members.get(start..end)?)
    }

    fn start(&self, place: usize) -> Option<usize> {
        let bytes = self.bytes.get(self.table + 4 * place..self.body)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    }
}

/// Parts that are being written, member after member, sorted by number.
#[derive(Default)]
pub(in crate::store) struct Parts {
    done: Vec<Arc<Part>>,
    names: Vec<Slug>,
    starts: Vec<u8>,
    members: Pen,
}

impl Parts {
    /// Begins with names, so that members of parts that have the same can be copied.
    pub(in crate::store) fn of(names: &[Slug]) -> Self {
        Self { names: names.to_vec(), ..Self::default() }
    }

    /// Adds a member.
    pub(in crate::store) fn add(&mut self, folder: &MemberFolder) {
        self.start();
        row::write(folder, &mut self.names, &mut self.members);
    }

    /// Adds a member of a part whose names have the same numbers here.
    pub(in crate::store) fn copy(&mut self, row: Row<'_>) {
        self.start();
        self.members.bytes(row.bytes());
    }

    /// Adds the members of a part.
    pub(in crate::store) fn append(&mut self, part: &Part) {
        // The few names are mostly the same everywhere, and so are their numbers.
        if self.names.iter().zip(&part.names).all(|(own, other)| own == other) {
            let known = self.names.len().min(part.names.len());
            self.names.extend_from_slice(&part.names[known..]);
            part.rows().for_each(|row| self.copy(row));
        } else {
            part.rows().for_each(|row| self.add(&row.folder()));
        }
    }

    fn start(&mut self) {
        if self.starts.len() == 4 * PART {
            self.close();
        }
        // A part of the largest members that there can be has less than four gigabytes.
        let start = u32::try_from(self.members.0.len()).unwrap_or(u32::MAX);
        self.starts.extend_from_slice(&start.to_le_bytes());
    }

    fn close(&mut self) {
        let mut pen = Pen::default();
        pen.number(self.names.len() as u64);
        self.names.iter().for_each(|name| pen.text(name.as_str()));
        pen.number(self.starts.len() as u64 / 4);
        pen.bytes(&self.starts);
        pen.bytes(&self.members.0);
        self.done.extend(Part::new(pen.0).map(Arc::new));
        self.starts.clear();
        self.members.0.clear();
    }

    /// Returns the parts.
    pub(in crate::store) fn finish(mut self) -> Vec<Arc<Part>> {
        if !self.starts.is_empty() {
            self.close();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::Date};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        access::{Entry, Names},
        model::{CodeHash, Credential, CredentialType, Grant, Induction, Member, Slot, Suspension},
    };

    fn slug() -> impl Strategy<Value = Slug> {
        (0..5).prop_map(|number| format!("name-{number}").parse().unwrap())
    }

    fn day() -> impl Strategy<Value = Date> {
        let end = prop_oneof![Just(Date::MIN), Just(Date::MAX)];
        prop_oneof![9 => (1900_i16..2100, 1_i8..13, 1_i8..29)
            .prop_map(|(year, month, day)| jiff::civil::date(year, month, day)), 1 => end]
    }

    fn moment() -> impl Strategy<Value = Timestamp> {
        (Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond())
            .prop_map(|at| Timestamp::from_nanosecond(at).unwrap())
    }

    fn id() -> impl Strategy<Value = MemberId> {
        (0..=MemberId::MAX).prop_map(|number| MemberId::new(number).unwrap())
    }

    fn member() -> impl Strategy<Value = Member> {
        let suspended = (day(), ".*").prop_map(|(since, reason)| Suspension { since, reason });
        let more = (prop::option::of(id()), any::<Option<String>>(), any::<Option<i64>>());
        let days = (day(), prop::option::of(day()), prop::option::of(day()));
        (".*", slug(), days, prop::option::of(suspended), more).prop_map(
            |(name, tier, (joined, left, paid_until), suspended, more)| {
                let (parent, concession, chosen_amount) = more;
                Member {
                    name,
                    tier,
                    joined,
                    left,
                    suspended,
                    parent,
                    concession,
                    chosen_amount,
                    paid_until,
                }
            },
        )
    }

    fn credential() -> impl Strategy<Value = Credential> {
        let grant = (slug(), any::<i32>(), moment(), prop::option::of(moment())).prop_map(
            |(facility, priority, effective, expiration)| Grant {
                facility,
                priority,
                effective,
                expiration,
            },
        );
        (any::<bool>(), any::<[u8; 16]>(), prop::collection::vec(grant, 0..4)).prop_map(
            |(fob, code, grants)| Credential {
                kind: if fob { CredentialType::Fob } else { CredentialType::Passcode },
                code: CodeHash::from_bytes(code),
                grants,
            },
        )
    }

    fn folder(id: MemberId) -> impl Strategy<Value = MemberFolder> {
        let member = prop_oneof![
            1 => Just(Slot::Absent),
            1 => Just(Slot::Unreadable),
            4 => member().prop_map(Slot::Read),
        ];
        let induction = (day(), prop::option::of(super::tests::id()), any::<bool>())
            .prop_map(|(on, by, inductor)| Induction { on, by, inductor });
        let tag = "[A-Za-z0-9][A-Za-z0-9._-]{0,40}".prop_map(|tag| tag.parse().unwrap());
        let credentials = prop::collection::vec((tag, credential()), 0..4);
        let inductions = prop::collection::vec((slug(), induction), 0..3);
        (member, credentials, inductions).prop_map(move |(member, credentials, inductions)| {
            MemberFolder { id, member, credentials, inductions }
        })
    }

    fn folders() -> impl Strategy<Value = Vec<MemberFolder>> {
        let ids = prop::collection::btree_set(id(), 1..12);
        ids.prop_flat_map(|ids| ids.into_iter().map(folder).collect::<Vec<_>>())
    }

    fn part(folders: &[MemberFolder]) -> Arc<Part> {
        let mut parts = Parts::default();
        folders.iter().for_each(|folder| parts.add(folder));
        parts.finish().remove(0)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(folders in folders()) {
            let part = part(&folders);
            let read = Part::new(part.bytes().to_vec()).unwrap();
            prop_assert!(read.rows().map(|row| row.folder()).eq(folders.iter().cloned()));
            for folder in &folders {
                let row = read.get(folder.id).unwrap();
                let codes = folder.credentials.iter().map(|(tag, it)| (tag.as_str(), it.code));
                prop_assert!(row.credentials().eq(codes.clone()));
                prop_assert!(row.codes().eq(codes.clone().map(|(_, code)| code)));
                prop_assert_eq!(row.credential_count(), codes.count());
                let name = folder.member.get().map(|member| member.name.as_str());
                let person = row.person();
                prop_assert_eq!(person.map(|person| person.name), name);
                let asked: Slug = "name-1".parse().unwrap();
                let entry = row.entry(person.as_ref(), &asked, &mut Names::default());
                let mut only = folder.clone();
                for (_, credential) in &mut only.credentials {
                    credential.grants.retain(|grant| grant.facility == asked);
                }
                // a tag that is lent is shown as bytes
                let shown = only.credentials.iter().fold(
                    format!("{:?}", Entry::new(&only)),
                    |text, (tag, _)| {
                        let bytes = tag.as_str().as_bytes();
                        text.replace(&format!("tag: {tag} }}"), &format!("tag: {bytes:?} }}"))
                    },
                );
                prop_assert_eq!(format!("{entry:?}"), shown);
            }
        }

        #[test]
        fn parts_are_appended_as_their_members_would_be_added(all in folders()) {
            let mut expected = Parts::default();
            all.iter().for_each(|folder| expected.add(folder));
            let mut appended = Parts::of(&["name-3".parse().unwrap()]);
            for some in all.chunks(3) {
                appended.append(&part(some));
            }
            let members = |parts: Parts| -> Vec<_> {
                let parts = parts.finish();
                parts.iter().flat_map(|part| part.rows().map(|row| row.folder())).collect()
            };
            let expected = members(expected);
            prop_assert_eq!(&members(appended), &expected);
            prop_assert_eq!(expected, all);
        }

        /// Hashes keep this from happening; still nothing may break.
        #[test]
        fn whatever_the_bytes_are_nothing_breaks(
            folders in folders(),
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut bytes = part(&folders).bytes().to_vec();
            for (at, by) in flips {
                let at = at.index(bytes.len());
                bytes[at] ^= by;
            }
            if let Some(part) = Part::new(bytes) {
                part.rows().for_each(|row| {
                    let _ = (row.folder(), row.credentials().count(), part.get(row.id()));
                    let asked = "name-1".parse().unwrap();
                    let _ = row.entry(row.person().as_ref(), &asked, &mut Names::default());
                });
            }
        }
    }
}
