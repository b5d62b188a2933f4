//! What an index keeps of a member's folder.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};

use super::{
    moment::Moment,
    name_hash::{NameHash, NameHashes},
    rules::Rules,
    shards::Hashed,
};
use crate::domain::{
    dues::CoverTerms,
    model::{CodeHash, CredentialType, Induction, MemberFolder, MemberId, Priority, Slug, Tag},
};

/// One member's folder, compiled to what a decision needs.
///
/// When many folders are read, each becomes an entry at once, so that its records can be dropped.
#[derive(Clone, Debug)]
pub struct CompiledMember {
    pub(super) status: MemberStatus,
    pub(super) keys: Vec<(LookupKey, Grants)>,
    /// The codes of credentials that cannot be read.
    pub(super) unread: Vec<CodeHash>,
}

/// What a decision reads about a member whose credential has matched; kept small, since all of it
/// is read.
#[derive(Clone, Debug)]
pub(super) struct MemberStatus {
    pub(super) id: MemberId,
    tier: NameHash,
    rare: Option<Arc<RareFacts>>,
    /// `Date::MAX` if the member has not left.
    left: Date,
    /// `Date::MAX` if the member is not suspended.
    suspended: Date,
    /// `Date::MIN` if nothing was paid.
    paid_until: Date,
    /// Whether `member.json` exists and could be read.
    pub(super) readable: bool,
}

/// What applies to few members, or matters to few decisions.
#[derive(Clone, Debug)]
struct RareFacts {
    parent: Option<MemberId>,
    /// The facilities of the inductions, and the day from which each counts.
    inductions: Vec<(NameHash, Date)>,
}

/// A type and a code, as reported by a reader: a code is found only under its own type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct LookupKey {
    pub(super) kind: CredentialType,
    pub(super) code: CodeHash,
}

/// The grants of one code of one member.
pub(super) type Grants = Vec<CompiledGrant>;

/// One grant of a credential.
#[derive(Clone, Debug)]
pub(super) struct CompiledGrant {
    pub(super) facility: NameHash,
    pub(super) priority: Priority,
    pub(super) effective: Moment,
    /// `Timestamp::MAX` stands for never.
    pub(super) expiration: Moment,
    pub(super) tag: Tag,
}

/// One code of one member, as a look-up finds it. It occupies as few cache lines as possible.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(super) struct HeldCode {
    pub(super) key: LookupKey,
    pub(super) status: MemberStatus,
    pub(super) grants: Grants,
}

/// One member, and the keys of the codes that the member holds.
#[derive(Clone, Debug)]
pub(super) struct CodeHolder {
    pub(super) status: MemberStatus,
    pub(super) keys: Vec<LookupKey>,
}

impl CompiledMember {
    /// Compiles a member's folder.
    #[must_use]
    pub fn new(folder: &MemberFolder) -> Self {
        Self::with(&mut NameHashes::default(), folder)
    }

    /// Compiles one folder of many, sharing the names hashed so far.
    #[must_use]
    pub fn with(names: &mut NameHashes, folder: &MemberFolder) -> Self {
        let mut keys: Vec<(LookupKey, Grants)> = Vec::with_capacity(folder.credentials.len());
        for (tag, credential) in &folder.credentials {
            let key = LookupKey { kind: credential.kind, code: credential.code };
            let grants = credential.grants.iter().map(|grant| CompiledGrant {
                facility: names.of(&grant.facility),
                priority: grant.priority,
                effective: Moment::new(grant.effective),
                expiration: Moment::new(grant.expiration.unwrap_or(Timestamp::MAX)),
                tag: tag.clone(),
            });
            // Credentials with the same code are merged.
            match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.extend(grants),
                None => keys.push((key, grants.collect())),
            }
        }
        let unread = folder.unread.iter().flat_map(|it| &it.codes).copied().collect();
        Self { status: MemberStatus::new(names, folder), keys, unread }
    }

    /// Returns the member whose folder it was.
    #[must_use]
    pub const fn member(&self) -> MemberId {
        self.status.id
    }
}

impl MemberStatus {
    fn new(names: &mut NameHashes, folder: &MemberFolder) -> Self {
        let member = folder.member.get();
        let parent = member.and_then(|it| it.parent);
        let mut inducted = |(facility, it): &(Slug, Induction)| (names.of(facility), it.on);
        let inductions: Vec<_> = folder.inductions.iter().map(&mut inducted).collect();
        let no_rare_facts = parent.is_none() && inductions.is_empty();
        Self {
            id: folder.id,
            tier: member.map_or_else(|| NameHash::of(""), |it| names.of(&it.tier)),
            rare: (!no_rare_facts).then(|| Arc::new(RareFacts { parent, inductions })),
            left: member.and_then(|it| it.left).unwrap_or(Date::MAX),
            suspended: member.and_then(|it| it.suspended.as_ref()).map_or(Date::MAX, |it| it.since),
            paid_until: member.and_then(|it| it.paid_until).unwrap_or(Date::MIN),
            readable: member.is_some(),
        }
    }

    /// Returns the first day on which the member no longer belonged to the space.
    pub(super) fn left(&self) -> Option<Date> {
        Some(self.left).filter(|day| *day != Date::MAX)
    }

    /// Returns the first day of the suspension.
    pub(super) fn suspended(&self) -> Option<Date> {
        Some(self.suspended).filter(|day| *day != Date::MAX)
    }

    /// Returns the member who pays for this one.
    pub(super) fn parent(&self) -> Option<MemberId> {
        self.rare.as_ref()?.parent
    }

    pub(super) fn payer(&self, rules: &Rules) -> CoverTerms {
        CoverTerms {
            parent: self.parent(),
            owes_dues: rules.owes_dues(self.tier),
            paid_until: Some(self.paid_until).filter(|day| *day != Date::MIN),
            ends: Some(self.left.min(self.suspended)).filter(|day| *day != Date::MAX),
        }
    }

    /// Returns the day from which an induction counts.
    pub(super) fn inducted(&self, facility: NameHash) -> Option<Date> {
        let all = &self.rare.as_ref()?.inductions;
        all.iter().find(|(name, _)| *name == facility).map(|(_, on)| *on)
    }
}

impl LookupKey {
    /// The keyed hash is already evenly distributed.
    pub(super) fn hash(&self) -> u64 {
        let mut half = [0; 8];
        half.copy_from_slice(&self.code.bytes()[..8]);
        u64::from_le_bytes(half)
    }
}

impl Hashed for HeldCode {
    fn hash(&self) -> u64 {
        self.key.hash()
    }
}

impl Hashed for CodeHolder {
    fn hash(&self) -> u64 {
        hash_id(self.status.id)
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
        assert_eq!(size_of::<HeldCode>(), 128);
    }
}
