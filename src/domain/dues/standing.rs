//! A member's standing with the space, in one word.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Cover;
use crate::domain::model::{Member, Suspension};

/// A member's standing with the space.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// A member, and covered.
    Good,
    /// A member whose paid time is over.
    Lapsed,
    /// Kept out for a while.
    Suspended,
    /// No longer a member.
    Left,
}

impl Standing {
    /// Returns the standing on a local day.
    #[must_use]
    pub fn of(member: &Member, cover: Cover, today: Date) -> Self {
        Self::at(today, member.left, member.suspension(), cover)
    }

    /// Derives it from the day on which a member left, and from the suspension.
    #[must_use]
    pub fn at(
        today: Date,
        left: Option<Date>,
        suspension: Option<Suspension>,
        cover: Cover,
    ) -> Self {
        if left.is_some_and(|left| left <= today) {
            Self::Left
        } else if suspension.is_some_and(|it| it.includes(today)) {
            Self::Suspended
        } else if cover.includes(today) {
            Self::Good
        } else {
            Self::Lapsed
        }
    }

    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Lapsed => "lapsed",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn leaving_comes_before_suspension_and_suspension_before_a_lapse() {
        let (day, over) = (date(2026, 3, 1), Cover::Until(date(2026, 3, 1)));
        let (today, tomorrow) = (Some(day), Some(date(2026, 3, 2)));
        let from = |since, until| Some(Suspension { since, until });
        let (before, later) = (date(2026, 2, 1), date(2026, 3, 2));
        for (left, suspension, cover, standing) in [
            (today, from(day, None), over, Standing::Left),
            (tomorrow, from(day, None), over, Standing::Suspended),
            (tomorrow, from(before, tomorrow), over, Standing::Suspended),
            (tomorrow, from(before, today), over, Standing::Lapsed),
            (tomorrow, from(before, today), Cover::Always, Standing::Good),
            (tomorrow, from(later, None), over, Standing::Lapsed),
            (tomorrow, from(later, None), Cover::Always, Standing::Good),
        ] {
            assert_eq!(Standing::at(day, left, suspension, cover), standing);
        }
    }
}
