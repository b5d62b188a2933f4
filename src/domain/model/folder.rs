//! Records grouped as they are stored: one member's folder, one facility's, and what all share.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    CodeHash, Credential, Facility, Induction, Member, MemberId, Requirement, Slug, Space, Tag,
    Tier,
};

/// A record that may be missing or unreadable; a door treats the two differently.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// `space.json`.
    pub space: Slot<Space>,
    /// The tiers by name.
    pub tiers: BTreeMap<Slug, Slot<Tier>>,
    /// The facilities by name.
    pub facilities: BTreeMap<Slug, FacilityFolder>,
}

/// Everything of one facility.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct FacilityFolder {
    /// `facility.json`.
    pub facility: Slot<Facility>,
    /// The requirements by tag.
    pub requirements: BTreeMap<Tag, Slot<Requirement>>,
    /// Whether anything else lies in the folder: it may be a requirement with an invalid file name,
    /// so the facility stays shut.
    pub strange: bool,
}

/// What access needs of one member's folder. Unreadable credentials and inductions grant nothing;
/// their findings are reported by whoever read them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MemberFolder {
    /// The member's id.
    pub id: MemberId,
    /// `member.json`.
    pub member: Slot<Member>,
    /// The credentials, sorted by tag.
    pub credentials: Vec<(Tag, Credential)>,
    /// The inductions, sorted by facility.
    pub inductions: Vec<(Slug, Induction)>,
    /// What lies among the credentials and cannot be read as one.
    pub unread: Vec<Unread>,
}

/// A file among a member's credentials that cannot be read. It grants nothing, and yet the member
/// holds its code: whoever holds the same code must not gain by it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// The credential's tag, if the file is named like one.
    pub tag: Option<Tag>,
    /// Whatever in it may be its code.
    pub codes: Vec<CodeHash>,
}

impl MemberFolder {
    /// Makes the folder of a member in which nothing lies.
    #[must_use]
    pub fn new(id: MemberId) -> Self {
        let (credentials, inductions, unread) = (Vec::new(), Vec::new(), Vec::new());
        Self { id, member: Slot::Absent, credentials, inductions, unread }
    }
}
