//! Until when a member is covered by what was paid (DESIGN section 4, "Dues" and "Access").

use jiff::{SignedDuration, civil::Date};

use crate::domain::model::{Member, MemberId, Tier};

/// How many parents above each other are followed; more is taken for a circle.
const GENERATIONS: usize = 16;

/// What decides a member's cover: few bytes, so that an index can hold one for each member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Payer {
    /// Who pays for this member, if somebody else does.
    pub parent: Option<MemberId>,
    /// Whether the tier owes dues; nothing if its record is missing or unreadable.
    pub owes_dues: Option<bool>,
    /// The first day that is not paid for, local date.
    pub paid_until: Option<Date>,
}

impl Payer {
    /// Takes what counts from a member's record and that of the tier.
    #[must_use]
    pub fn new(member: &Member, tier: Option<&Tier>) -> Self {
        Self {
            parent: member.parent,
            owes_dues: tier.map(Tier::owes_dues),
            paid_until: member.paid_until,
        }
    }

    /// Tells whether what the member paid, or a tier without dues, covers a local day without any
    /// grace. Who has, is covered; it takes less time than to add days to a date.
    #[must_use]
    pub fn has_paid(&self, day: Date) -> bool {
        self.parent.is_none()
            && self
                .owes_dues
                .is_some_and(|owes| !owes || self.paid_until.is_some_and(|it| day < it))
    }
}

/// Until when a member is covered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cover {
    /// The tier owes no dues.
    Always,
    /// Covered before the start of this local day, grace included.
    Until(Date),
    /// Nothing was paid, or it cannot be known what is owed.
    Never,
}

impl Cover {
    /// Works out the cover of a member; `parent` finds those who pay for others.
    ///
    /// A child is covered as its parent is, whatever its own tier. A parent who is not found, or
    /// a circle of parents, covers nobody. Allocates nothing.
    pub fn of(payer: Payer, grace_days: u16, parent: impl Fn(MemberId) -> Option<Payer>) -> Self {
        let mut payer = payer;
        for _ in 0..GENERATIONS {
            match payer.parent.map(&parent) {
                None => return Self::of_one(payer, grace_days),
                Some(None) => return Self::Never,
                Some(Some(next)) => payer = next,
            }
        }
        Self::Never
    }

    fn of_one(payer: Payer, grace_days: u16) -> Self {
        match (payer.owes_dues, payer.paid_until) {
            (Some(false), _) => Self::Always,
            (Some(true), Some(paid_until)) => {
                let grace = SignedDuration::from_hours(24 * i64::from(grace_days));
                Self::Until(paid_until.checked_add(grace).unwrap_or(Date::MAX))
            }
            _ => Self::Never,
        }
    }

    /// Tells whether it covers a local day.
    #[must_use]
    pub fn includes(self, day: Date) -> bool {
        match self {
            Self::Always => true,
            Self::Until(end) => day < end,
            Self::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const PAYS: Payer =
        Payer { parent: None, owes_dues: Some(true), paid_until: Some(date(2026, 3, 1)) };

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    #[test]
    fn grace_is_added_to_what_was_paid() {
        let cover = Cover::of(PAYS, 14, |_| None);
        assert_eq!(cover, Cover::Until(date(2026, 3, 15)));
        assert!(cover.includes(date(2026, 3, 14)));
        assert!(!cover.includes(date(2026, 3, 15)), "covered means now < paid-until + grace");
    }

    #[test]
    fn a_tier_without_dues_is_always_covered_and_an_unknown_tier_never() {
        let payer = Payer { paid_until: None, ..PAYS };
        assert_eq!(
            Cover::of(Payer { owes_dues: Some(false), ..payer }, 14, |_| None),
            Cover::Always
        );
        assert_eq!(Cover::of(payer, 14, |_| None), Cover::Never);
        assert_eq!(Cover::of(Payer { owes_dues: None, ..PAYS }, 14, |_| None), Cover::Never);
    }

    #[test]
    fn a_child_is_covered_as_its_parent_is() {
        let child = Payer { parent: Some(id(1)), owes_dues: Some(false), paid_until: None };
        assert_eq!(Cover::of(child, 14, |_| Some(PAYS)), Cover::Until(date(2026, 3, 15)));
        assert_eq!(Cover::of(child, 14, |_| None), Cover::Never, "the parent cannot be read");
        assert_eq!(Cover::of(child, 14, |_| Some(child)), Cover::Never, "a circle of parents");
    }

    #[test]
    fn who_has_paid_is_covered_and_the_others_may_be() {
        let ends = [None, Some(Date::MIN), Some(date(2026, 3, 1)), Some(Date::MAX)];
        let days = [Date::MIN, date(2026, 2, 28), date(2026, 3, 1), Date::MAX];
        let mut paid = 0;
        for (paid_until, day) in ends.iter().flat_map(|end| days.map(|day| (*end, day))) {
            for owes_dues in [None, Some(false), Some(true)] {
                let payer = Payer { parent: None, owes_dues, paid_until };
                let covered = |grace| Cover::of(payer, grace, |_| None).includes(day);
                assert_eq!(payer.has_paid(day), covered(0), "{payer:?} on {day}");
                assert!(!payer.has_paid(day) || covered(14) && covered(u16::MAX));
                let child = Payer { parent: Some(id(1)), ..payer };
                assert!(!child.has_paid(day), "it is the parent who pays");
                paid += usize::from(payer.has_paid(day));
            }
        }
        assert_eq!(paid, 16 + 2 + 3, "without dues; then each end on the days before it");
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        let payer = Payer { paid_until: Some(Date::MAX), ..PAYS };
        assert_eq!(Cover::of(payer, u16::MAX, |_| None), Cover::Until(Date::MAX));
    }
}
