//! What a member counts as on a day, and how many count as what.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::{
    dues::{AllMembers, Dues, MemberTerms, Part, Standing},
    model::{Money, Slug},
};

/// What a member pays by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The dues of the tier.
    Full,
    /// Reduced dues.
    Concession,
    /// Nothing, as the tier owes none.
    Free,
    /// Nothing, as the parent pays.
    Child,
    /// Unknown, as the tier's record is missing or cannot be read.
    Unclear,
}

impl Class {
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

/// What one member is on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// What the member pays by.
    pub class: Class,
    /// How the member stands.
    pub standing: Standing,
    /// Whether the day is covered, whatever else keeps the member out.
    pub covered: bool,
    /// What is owed; nothing is known where the class is unclear.
    pub dues: Option<Dues>,
}

impl Seen {
    /// Returns what is owed a month.
    #[must_use]
    pub fn month(&self) -> Money {
        self.dues.as_ref().map_or(0, |dues| dues.amount)
    }
}

/// Looks at somebody who is a member on a day; nothing for those who are not.
#[must_use]
pub fn look<'r>(all: &AllMembers<'r>, subject: &MemberTerms<'r>, on: Date) -> Option<Seen> {
    if !subject.belongs(on) {
        return None;
    }
    let dues = all.dues(subject, on);
    let has = |part| dues.iter().flat_map(|dues| &dues.lines).any(|line| line.part == part);
    let class = if subject.parent.is_some() {
        Class::Child
    } else if dues.is_none() {
        Class::Unclear
    } else if has(Part::Nothing) {
        Class::Free
    } else if has(Part::Concession) {
        Class::Concession
    } else {
        Class::Full
    };
    let covered = all.cover(subject).includes(on);
    Some(Seen { class, standing: all.standing(subject, on), covered, dues })
}

/// How many members there are, and what they owe together a month.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Tally {
    /// All of them: those of the five classes.
    pub members: u64,
    /// Who pay the dues of the tier.
    pub full: u64,
    /// Who pay reduced dues.
    pub concession: u64,
    /// Whose tier owes nothing.
    pub free: u64,
    /// For whom a parent pays.
    pub children: u64,
    /// Whose tier cannot be read.
    pub unclear: u64,
    /// Who owe dues: those who pay them in full or reduced.
    pub owing: u64,
    /// Who are suspended.
    pub suspended: u64,
    /// Who are not covered, and not suspended either.
    pub lapsed: u64,
    /// The dues of all, in minor units a month.
    pub expected: Money,
    /// The dues of those who are covered.
    pub expected_covered: Money,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, seen: &Seen) {
        self.members += 1;
        match seen.class {
            Class::Full => self.full += 1,
            Class::Concession => self.concession += 1,
            Class::Free => self.free += 1,
            Class::Child => self.children += 1,
            Class::Unclear => self.unclear += 1,
        }
        let month = seen.month();
        self.owing += u64::from(month > 0);
        self.suspended += u64::from(seen.standing == Standing::Suspended);
        self.lapsed += u64::from(seen.standing == Standing::Lapsed);
        self.expected = self.expected.saturating_add(month);
        let covered = if seen.covered { month } else { 0 };
        self.expected_covered = self.expected_covered.saturating_add(covered);
    }
}

/// How many members of one tier there are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TierTally {
    /// The short name.
    pub tier: Slug,
    /// What people call it; the short name where the record cannot be read.
    pub name: String,
    /// How many.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Counts by tier: those tiers that have members, sorted by short name; and all together.
#[must_use]
pub(super) fn by_tier<'s>(
    all: &AllMembers<'_>,
    seen: impl Iterator<Item = (&'s Slug, &'s Seen)>,
) -> (Vec<TierTally>, Tally) {
    let mut total = Tally::default();
    let mut tiers: BTreeMap<&Slug, Tally> = BTreeMap::new();
    for (tier, seen) in seen {
        total.add(seen);
        tiers.entry(tier).or_default().add(seen);
    }
    let tiers = tiers.into_iter().map(|(tier, tally)| TierTally {
        name: called(all, tier),
        tier: tier.clone(),
        tally,
    });
    (tiers.collect(), total)
}

/// Returns what people call a tier.
#[must_use]
pub(super) fn called(all: &AllMembers<'_>, tier: &Slug) -> String {
    all.tier(tier).map_or_else(|| tier.to_string(), |tier| tier.name.clone())
}
