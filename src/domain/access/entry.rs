//! What an index keeps of a member's folder.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use smallvec::SmallVec;

use super::{
    moment::Moment,
    name::{Name, Names},
    rules::Rules,
    shards::Hashed,
};
use crate::domain::{
    dues::Payer,
    model::{CodeHash, CredentialType, MemberFolder, MemberId, Priority, Slug, Tag},
};

/// One member's folder, compiled: all that a decision needs, and no more.
///
/// Whoever reads many folders makes entries of them at once and drops the records. An index takes
/// those that own their tags; to answer for one member alone a tag may be lent.
#[derive(Clone, Debug)]
pub struct Entry<T = Tag> {
    pub(super) person: Person,
    pub(super) keys: SmallVec<[(Key, Grants<T>); 1]>,
}

/// What a decision asks of a member's record.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields are those of a member")]
pub struct Facts<'f> {
    pub tier: &'f Slug,
    pub left: Option<Date>,
    /// Since when, if at all.
    pub suspended: Option<Date>,
    pub parent: Option<MemberId>,
    pub paid_until: Option<Date>,
}

/// What is asked about a member whose credential has matched: kept small, since a decision reads
/// all of it.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) id: MemberId,
    tier: Name,
    more: Option<Arc<More>>,
    /// The last day of the calendar if the member has not left.
    left: Date,
    /// The last day of the calendar if the member is not suspended.
    suspended: Date,
    /// The first day of the calendar if nothing was paid.
    paid_until: Date,
    /// Whether `member.json` is there and could be read.
    pub(super) readable: bool,
}

/// What few members have, or few decisions ask.
#[derive(Clone, Debug, Default)]
struct More {
    parent: Option<MemberId>,
    /// The facilities of the inductions, and since when each counts.
    inductions: Vec<(Name, Date)>,
}

/// What a reader reports: a code is found only as the type that it was given as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key {
    pub(super) kind: CredentialType,
    pub(super) code: CodeHash,
}

/// The grants of one code of one member.
#[derive(Clone, Debug)]
pub struct Grants<T = Tag>(pub(super) SmallVec<[Granted<T>; 1]>);

/// One grant of a credential.
#[derive(Clone, Debug)]
pub(super) struct Granted<T = Tag> {
    pub(super) facility: Name,
    pub(super) priority: Priority,
    pub(super) effective: Moment,
    /// The last instant of the calendar stands for never.
    pub(super) expiration: Moment,
    pub(super) tag: T,
}

/// One code of one member: what a look-up finds. It lies in as few cache lines as it fills.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct Holding {
    pub(super) key: Key,
    pub(super) person: Person,
    pub(super) grants: Grants,
}

/// One member and the codes to find the holdings by.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub(super) person: Person,
    pub(super) keys: SmallVec<[Key; 1]>,
}

impl Entry {
    /// Compiles a member's folder.
    #[must_use]
    pub fn new(folder: &MemberFolder) -> Self {
        Self::with(&mut Names::default(), folder)
    }

    /// Compiles one folder of many.
    #[must_use]
    pub fn with(names: &mut Names, folder: &MemberFolder) -> Self {
        let facts = folder.member.get().map(|member| Facts {
            tier: &member.tier,
            left: member.left,
            suspended: member.suspended.as_ref().map(|it| it.since),
            parent: member.parent,
            paid_until: member.paid_until,
        });
        let mut entry = Self::begin(names, folder.id, facts);
        for (tag, credential) in &folder.credentials {
            let grants = entry.hold(credential.kind, credential.code);
            for grant in &credential.grants {
                let times = (grant.effective, grant.expiration);
                grants.add(names, &grant.facility, grant.priority, times, tag.clone());
            }
        }
        for (facility, induction) in &folder.inductions {
            entry.induct(names, facility, induction.on);
        }
        entry
    }
}

impl<T> Entry<T> {
    /// Begins with a member's record; nothing for one that is not there or cannot be read.
    #[must_use]
    pub fn begin(names: &mut Names, id: MemberId, facts: Option<Facts<'_>>) -> Self {
        let parent = facts.and_then(|it| it.parent);
        let person = Person {
            id,
            tier: facts.map_or_else(|| Name::of(""), |it| names.of(it.tier)),
            more: parent.map(|_| Arc::new(More { parent, ..More::default() })),
            left: facts.and_then(|it| it.left).unwrap_or(Date::MAX),
            suspended: facts.and_then(|it| it.suspended).unwrap_or(Date::MAX),
            paid_until: facts.and_then(|it| it.paid_until).unwrap_or(Date::MIN),
            readable: facts.is_some(),
        };
        Self { person, keys: SmallVec::new() }
    }

    /// Adds a credential, whose grants are still to come. Those with the same code become one.
    pub fn hold(&mut self, kind: CredentialType, code: CodeHash) -> &mut Grants<T> {
        let key = Key { kind, code };
        let known = self.keys.iter().position(|(known, _)| *known == key);
        let at = known.unwrap_or_else(|| {
            self.keys.push((key, Grants(SmallVec::new())));
            self.keys.len() - 1
        });
        &mut self.keys[at].1
    }

    /// Adds an induction, which counts from a day on.
    pub fn induct(&mut self, names: &mut Names, facility: &Slug, on: Date) {
        let more = Arc::make_mut(self.person.more.get_or_insert_default());
        more.inductions.push((names.of(facility), on));
    }

    /// Returns whose folder it was.
    #[must_use]
    pub const fn member(&self) -> MemberId {
        self.person.id
    }
}

impl<T> Grants<T> {
    /// Adds a grant: the times are those at which it becomes effective and expires.
    pub fn add(
        &mut self,
        names: &mut Names,
        facility: &Slug,
        priority: Priority,
        (effective, expiration): (Timestamp, Option<Timestamp>),
        tag: T,
    ) {
        self.0.push(Granted {
            facility: names.of(facility),
            priority,
            effective: Moment::new(effective),
            expiration: Moment::new(expiration.unwrap_or(Timestamp::MAX)),
            tag,
        });
    }
}

impl Person {
    /// Returns the first day on which the member was none any more.
    pub(super) fn left(&self) -> Option<Date> {
        Some(self.left).filter(|day| *day != Date::MAX)
    }

    /// Returns the first day of the suspension.
    pub(super) fn suspended(&self) -> Option<Date> {
        Some(self.suspended).filter(|day| *day != Date::MAX)
    }

    /// Returns the member who pays for this one.
    pub(super) fn parent(&self) -> Option<MemberId> {
        self.more.as_ref()?.parent
    }

    pub(super) fn payer(&self, rules: &Rules) -> Payer {
        Payer {
            parent: self.parent(),
            owes_dues: rules.owes_dues(self.tier),
            paid_until: Some(self.paid_until).filter(|day| *day != Date::MIN),
        }
    }

    /// Tells since when an induction counts.
    pub(super) fn inducted(&self, facility: Name) -> Option<Date> {
        let all = &self.more.as_ref()?.inductions;
        all.iter().find(|(name, _)| *name == facility).map(|(_, on)| *on)
    }
}

impl Key {
    /// A keyed hash is evenly spread already.
    pub(super) fn hash(&self) -> u64 {
        let mut half = [0; 8];
        half.copy_from_slice(&self.code.bytes()[..8]);
        u64::from_le_bytes(half)
    }
}

impl Hashed for Holding {
    fn hash(&self) -> u64 {
        self.key.hash()
    }
}

impl Hashed for Holder {
    fn hash(&self) -> u64 {
        hash_id(self.person.id)
    }
}

/// Spreads a member's number over 64 bits (the finalizer of SplitMix64, which is a bijection).
pub(super) const fn hash_id(id: MemberId) -> u64 {
    let mut bits = id.number().wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred thousand of these have to fit into a small computer, and a decision reads one.
    #[test]
    fn a_holding_is_two_cache_lines() {
        assert_eq!(size_of::<Holding>(), 128);
    }
}
