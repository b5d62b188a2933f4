//! What an index keeps of a member's folder.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, LazyLock},
};

use jiff::{Timestamp, civil::Date};

use super::{
    moment::Moment,
    name_hash::{NameHash, NameHashes},
    rules::Rules,
    shards::Hashed,
};
use crate::domain::{
    dues::CoverTerms,
    model::{
        CodeHash, CredentialType, Induction, MemberFolder, MemberId, Priority, Slug, Suspension,
        Tag, budget,
    },
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
    /// How many bytes an index keeps of it.
    pub(super) load: u64,
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
    /// `Date::MAX` if the suspension does not end by itself.
    suspended_until: Date,
    /// `Date::MIN` if nothing was paid.
    paid_until: Date,
    /// Whether `member.json` exists and could be read.
    pub(super) readable: bool,
}

/// What applies to few members, or matters to few decisions.
#[derive(Clone, Debug)]
struct RareFacts {
    parent: Option<MemberId>,
    /// The facilities of the inductions, sorted, and the day from which each counts.
    inductions: Vec<(NameHash, Date)>,
}

/// A type and a code, as reported by a reader: a code is found only under its own type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
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
    /// How many bytes the index keeps of the member.
    pub(super) load: u64,
    /// Whether some of the member's credentials cannot be read.
    pub(super) has_unread: bool,
}

/// The number of credentials up to which each is compared with the others.
const FEW: usize = 8;

/// Drawn anew by each process, and known to nobody.
static DICE: LazyLock<RandomState> = LazyLock::new(RandomState::new);

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
        // Comparing few of them with each other is quicker than keeping them sorted.
        let many = folder.credentials.len() > FEW;
        let mut places: HashMap<LookupKey, usize> = HashMap::new();
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
            let known = match many {
                true => places.get(&key).copied(),
                false => keys.iter().position(|(known, _)| *known == key),
            };
            match known {
                Some(at) => keys[at].1.extend(grants),
                None => {
                    keys.push((key, grants.collect()));
                    if many {
                        places.insert(key, keys.len() - 1);
                    }
                }
            }
        }
        let unread = folder.unread.iter().flat_map(|it| &it.codes).copied().collect();
        let (status, load) = (MemberStatus::new(names, folder), budget::load_of_folder(folder));
        Self { status, keys, unread, load }
    }

    /// Returns how many bytes an index keeps of it.
    #[must_use]
    pub const fn load(&self) -> u64 {
        self.load
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
        let mut inductions: Vec<_> = folder.inductions.iter().map(&mut inducted).collect();
        inductions.sort_unstable_by_key(|(facility, _)| *facility);
        let no_rare_facts = parent.is_none() && inductions.is_empty();
        Self {
            id: folder.id,
            tier: member.map_or_else(|| NameHash::of(""), |it| names.of(&it.tier)),
            rare: (!no_rare_facts).then(|| Arc::new(RareFacts { parent, inductions })),
            left: member.and_then(|it| it.left).unwrap_or(Date::MAX),
            suspended: member.and_then(|it| it.suspended).unwrap_or(Date::MAX),
            suspended_until: member.and_then(|it| it.suspended_until).unwrap_or(Date::MAX),
            paid_until: member.and_then(|it| it.paid_until).unwrap_or(Date::MIN),
            readable: member.is_some(),
        }
    }

    /// Returns the first day on which the member no longer belonged to the space.
    pub(super) fn left(&self) -> Option<Date> {
        Some(self.left).filter(|day| *day != Date::MAX)
    }

    /// Returns the suspension.
    pub(super) fn suspension(&self) -> Option<Suspension> {
        let until = Some(self.suspended_until).filter(|day| *day != Date::MAX);
        let there = self.suspended != Date::MAX;
        there.then_some(Suspension { since: self.suspended, until })
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
            left: self.left(),
            suspension: self.suspension(),
        }
    }

    /// Returns the day from which an induction counts.
    pub(super) fn inducted(&self, facility: NameHash) -> Option<Date> {
        let all = &self.rare.as_ref()?.inductions;
        all.binary_search_by_key(&facility, |(name, _)| *name).ok().map(|at| all[at].1)
    }
}

impl LookupKey {
    /// Hashes all of it by a key that this process has drawn: a code in a record is whatever somebody
    /// has written there, so codes could be chosen to collide in each part that is known.
    pub(super) fn hash(&self) -> u64 {
        DICE.hash_one(self.code.bytes())
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
    use std::collections::HashSet;

    use super::*;
    use crate::domain::model::{Credential, Grant};

    fn folder(codes: &[u8]) -> MemberFolder {
        let credential = |(at, code): (usize, &u8)| {
            let facility = "door".parse().unwrap();
            let (effective, expiration) = (Timestamp::UNIX_EPOCH, None);
            let grants = vec![Grant { facility, priority: 1, effective, expiration }];
            let code = CodeHash::from_bytes([*code; 16]);
            let kind = CredentialType::Fob;
            (format!("t{at:04}").parse().unwrap(), Credential { kind, code, grants })
        };
        let credentials = codes.iter().enumerate().map(credential).collect();
        MemberFolder { credentials, ..MemberFolder::new(MemberId::new(1).unwrap()) }
    }

    #[test]
    fn credentials_of_one_code_are_merged_however_many_there_are() {
        for count in [1, FEW, FEW + 1, 1_000] {
            let codes: Vec<u8> = (0..count).map(|at| (at % 7) as u8).collect();
            let compiled = CompiledMember::new(&folder(&codes));
            assert_eq!(compiled.keys.len(), count.min(7));
            for (key, grants) in &compiled.keys {
                let all = (0..count).filter(|at| codes[*at] == key.code.bytes()[0]);
                let all: Vec<String> = all.map(|at| format!("t{at:04}")).collect();
                let tags: Vec<String> = grants.iter().map(|it| it.tag.to_string()).collect();
                assert_eq!(tags, all, "{count}");
            }
        }
    }

    #[test]
    fn codes_that_are_half_alike_do_not_meet() {
        let key = |part: u8, at: usize| {
            let mut code = [0; 16];
            code[at] = part;
            LookupKey { kind: CredentialType::Fob, code: CodeHash::from_bytes(code) }
        };
        for at in 0..16 {
            let hashes: HashSet<u64> = (0..=255).map(|part| key(part, at).hash()).collect();
            assert_eq!(hashes.len(), 256, "{at}");
            assert_eq!(key(3, at).hash(), key(3, at).hash());
        }
    }

    /// A hundred thousand of these have to fit into a small computer, and a decision reads one.
    #[test]
    fn a_holding_is_two_cache_lines() {
        assert_eq!(size_of::<HeldCode>(), 128);
    }
}
