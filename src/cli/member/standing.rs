//! How a member stands with the space today, in one word.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    cli::table::Look,
    domain::{
        dues::{Cover, Payer},
        model::{Basis, Member, Slot, Tier},
    },
    store::{Roster, roster::Person},
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
        let suspended = member.suspended.as_ref().map(|it| it.since);
        Self::at(today, member.left, suspended, cover)
    }

    /// Works it out from the days on which a member left and was suspended.
    #[must_use]
    pub(super) fn at(
        today: Date,
        left: Option<Date>,
        suspended: Option<Date>,
        cover: Cover,
    ) -> Self {
        if left.is_some_and(|left| left <= today) {
            Self::Left
        } else if suspended.is_some_and(|since| since <= today) {
            Self::Suspended
        } else if cover.includes(today) {
            Self::Good
        } else {
            Self::Lapsed
        }
    }

    /// Returns the word for it.
    #[must_use]
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Lapsed => "lapsed",
            Self::Suspended => "suspended",
            Self::Left => "left",
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
        f.pad(self.word())
    }
}

/// Works out until when a member is covered; `roster` knows those who pay.
pub(crate) fn cover(person: &Person<'_>, basis: &Basis, roster: &Roster) -> Cover {
    let payer = |person: &Person<'_>| Payer {
        parent: person.parent,
        owes_dues: basis.tiers.get(person.tier).and_then(Slot::get).map(Tier::owes_dues),
        paid_until: person.paid_until,
    };
    let grace = basis.space.get().map_or(0, |space| space.grace_days);
    Cover::of(payer(person), grace, |id| roster.get(id)?.person().as_ref().map(payer))
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
