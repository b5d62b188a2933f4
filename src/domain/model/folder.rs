//! Records as they lie together: a member's folder, a facility's, and what all share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Credential, Facility, Induction, Member, MemberId, Requirement, Slug, Space, Tag, Tier,
};

/// A record that may be missing, or there and unreadable: the two mean different things at a door.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Slot<T> {
    /// There is no such file.
    #[default]
    Absent,
    /// The file is there and could not be read, nor could a former version of it.
    Unreadable,
    /// The record.
    Read(T),
}

impl<T> Slot<T> {
    /// Returns the record if it was read.
    #[must_use]
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Read(value) => Some(value),
            _ => None,
        }
    }
}

/// What belongs to no member: settings, tiers and facilities. Small, and needed for everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Basis {
    /// `space.json`.
    pub space: Slot<Space>,
    /// The tiers by name.
    pub tiers: BTreeMap<Slug, Slot<Tier>>,
    /// The facilities by name.
    pub facilities: BTreeMap<Slug, FacilityFolder>,
}

/// Everything of one facility.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FacilityFolder {
    /// `facility.json`.
    pub facility: Slot<Facility>,
    /// The requirements by tag.
    pub requirements: BTreeMap<Tag, Slot<Requirement>>,
}

/// What access needs of one member's folder. Unreadable credentials and inductions grant nothing,
/// so they are left out; their findings are reported by whoever read them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MemberFolder {
    /// Whose folder.
    pub id: MemberId,
    /// `member.json`.
    pub member: Slot<Member>,
    /// The credentials, sorted by tag.
    pub credentials: Vec<(Tag, Credential)>,
    /// The inductions, sorted by facility.
    pub inductions: Vec<(Slug, Induction)>,
}
