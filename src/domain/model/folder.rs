//! Records grouped as they are stored: one member's folder, one facility's, and what all share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Credential, Facility, Induction, Member, MemberId, Requirement, Slug, Space, Tag, Tier,
};

/// A record that may be missing or unreadable; a door treats the two differently.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Slot<T> {
    /// There is no such file.
    #[default]
    Absent,
    /// The file exists, but neither it nor an earlier version could be read.
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

/// What belongs to no member: settings, tiers and facilities. It is small and needed for
/// everything.
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

/// What access decisions need of one member's folder. Unreadable credentials and inductions grant
/// nothing, so they are left out; the reader reports their findings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MemberFolder {
    /// The member's id.
    pub id: MemberId,
    /// `member.json`.
    pub member: Slot<Member>,
    /// The credentials, sorted by tag.
    pub credentials: Vec<(Tag, Credential)>,
    /// The inductions, sorted by facility.
    pub inductions: Vec<(Slug, Induction)>,
}
