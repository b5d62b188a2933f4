//! How a member stands with the space today, in one word.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    cli::table::Look,
    domain::{
        dues::{Cover, Payer},
        model::{Basis, Member, MemberId, Slot, Slug, Tier},
    },
};

/// How a member stands with the space.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
    /// A member, and covered.
    Good,
    /// A member, but the paid time is over.
    Lapsed,
    /// Kept out for a while.
    Suspended,
    /// A member no longer.
    Left,
}

impl Standing {
    /// Works out the standing on a local day.
    #[must_use]
    pub(super) fn of(member: &Member, cover: Cover, today: Date) -> Self {
        if member.left.is_some_and(|left| left <= today) {
            Self::Left
        } else if member.suspended.as_ref().is_some_and(|s| s.since <= today) {
            Self::Suspended
        } else if cover.includes(today) {
            Self::Good
        } else {
            Self::Lapsed
        }
    }

    /// Returns the look of it in a table.
    #[must_use]
    pub(super) const fn look(self) -> Look {
        match self {
            Self::Good => Look::Good,
            Self::Lapsed => Look::Odd,
            Self::Suspended => Look::Bad,
            Self::Left => Look::Faint,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Good => "good",
            Self::Lapsed => "lapsed",
            Self::Suspended => "suspended",
            Self::Left => "left",
        })
    }
}

/// Works out until when a member is covered; `parent` finds the records of those who pay.
pub(super) fn cover<'a>(
    member: &Member,
    basis: &'a Basis,
    parent: impl Fn(MemberId) -> Option<&'a Member>,
) -> Cover {
    let tier = |name: &Slug| basis.tiers.get(name).and_then(Slot::<Tier>::get);
    let grace = basis.space.get().map_or(0, |space| space.grace_days);
    Cover::of(Payer::new(member, tier(&member.tier)), grace, |id| {
        parent(id).map(|member| Payer::new(member, tier(&member.tier)))
    })
}

/// Returns the first day that is not covered, in words.
#[must_use]
pub(super) fn covered_until(cover: Cover) -> String {
    match cover {
        Cover::Always => "always".into(),
        Cover::Until(day) => day.to_string(),
        Cover::Never => "-".into(),
    }
}
