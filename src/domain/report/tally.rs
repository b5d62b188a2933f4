//! How a member is counted on a day, and the totals.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::{
    dues::{AllMembers, Dues, DuesPart, MemberTerms, Standing},
    model::{Money, Slug},
};

/// How much of the dues a member pays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DuesClass {
    /// The full dues of the tier.
    Full,
    /// Reduced dues.
    Concession,
    /// Nothing, because the tier owes none.
    Free,
    /// Nothing, because the parent pays.
    Child,
    /// Unknown, because the tier's record is missing or unreadable.
    Unclear,
}

impl DuesClass {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concession => "concession",
            Self::Free => "free",
            Self::Child => "child",
            Self::Unclear => "unclear",
        }
    }
}

/// One member on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TalliedMember {
    /// The class.
    pub class: DuesClass,
    /// The standing.
    pub standing: Standing,
    /// Whether the day is covered, even if something else keeps the member out.
    pub covered: bool,
    /// The dues; `None` if the class is unclear.
    pub dues: Option<Dues>,
}

impl TalliedMember {
    /// Returns the monthly dues.
    #[must_use]
    pub fn month(&self) -> Money {
        self.dues.as_ref().map_or(0, |dues| dues.amount)
    }
}

/// Returns how somebody is counted on a day; `None` if they are not a member then.
#[must_use]
pub fn tally_member<'r>(
    all: &AllMembers<'r>,
    member: &MemberTerms<'r>,
    on: Date,
) -> Option<TalliedMember> {
    if !member.is_member_on(on) {
        return None;
    }
    let dues = all.dues(member, on);
    let has = |part| dues.iter().flat_map(|dues| &dues.lines).any(|line| line.part == part);
    let class = if member.parent.is_some() {
        DuesClass::Child
    } else if dues.is_none() {
        DuesClass::Unclear
    } else if has(DuesPart::Nothing) {
        DuesClass::Free
    } else if has(DuesPart::Concession) {
        DuesClass::Concession
    } else {
        DuesClass::Full
    };
    let covered = all.cover(member, on).includes(on);
    Some(TalliedMember { class, standing: all.standing(member, on), covered, dues })
}

/// Numbers of members, and what they owe together a month.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct Tally {
    /// All members, in the five classes.
    pub members: u64,
    /// Members who owe the full dues of the tier.
    pub full: u64,
    /// Members who owe reduced dues.
    pub concession: u64,
    /// Members whose tier owes nothing.
    pub free: u64,
    /// Children, whose parents pay.
    pub children: u64,
    /// Members whose tier cannot be read.
    pub unclear: u64,
    /// Members who owe dues, full or reduced.
    pub owing: u64,
    /// Suspended members.
    pub suspended: u64,
    /// Members who are neither covered nor suspended.
    pub lapsed: u64,
    /// The dues of all members, in minor units a month.
    pub expected: Money,
    /// The dues of covered members.
    pub expected_covered: Money,
}

impl Tally {
    /// Counts one member.
    pub fn add(&mut self, tallied: &TalliedMember) {
        self.members += 1;
        match tallied.class {
            DuesClass::Full => self.full += 1,
            DuesClass::Concession => self.concession += 1,
            DuesClass::Free => self.free += 1,
            DuesClass::Child => self.children += 1,
            DuesClass::Unclear => self.unclear += 1,
        }
        let month = tallied.month();
        self.owing += u64::from(month > 0);
        self.suspended += u64::from(tallied.standing == Standing::Suspended);
        self.lapsed += u64::from(tallied.standing == Standing::Lapsed);
        self.expected = self.expected.saturating_add(month);
        let covered = if tallied.covered { month } else { 0 };
        self.expected_covered = self.expected_covered.saturating_add(covered);
    }
}

/// The members of one tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TierTally {
    /// The short name.
    pub tier: Slug,
    /// The display name, or the short name if the record cannot be read.
    pub name: String,
    /// The count.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Counts the tiers that have members, sorted by short name, and the total.
#[must_use]
pub(super) fn by_tier<'s>(
    all: &AllMembers<'_>,
    tallied: impl Iterator<Item = (&'s Slug, &'s TalliedMember)>,
) -> (Vec<TierTally>, Tally) {
    let mut total = Tally::default();
    let mut tiers: BTreeMap<&Slug, Tally> = BTreeMap::new();
    for (tier, tallied) in tallied {
        total.add(tallied);
        tiers.entry(tier).or_default().add(tallied);
    }
    let tiers = tiers.into_iter().map(|(tier, tally)| TierTally {
        name: tier_name(all, tier),
        tier: tier.clone(),
        tally,
    });
    (tiers.collect(), total)
}

/// Returns the display name of a tier.
#[must_use]
pub(super) fn tier_name(all: &AllMembers<'_>, tier: &Slug) -> String {
    all.tier(tier).map_or_else(|| tier.to_string(), |tier| tier.name.clone())
}
