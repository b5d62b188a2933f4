//! Until when payments cover a member (requirements.md ).

use std::fmt;

use jiff::{SignedDuration, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::{Basis, Member, MemberId, Slot, Slug, Suspension, Tier};

/// The maximum number of parents above each other; a longer chain counts as circular.
const MAX_GENERATIONS: usize = 16;

/// What decides a member's cover, in a few bytes, so that an index can hold one for each member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoverTerms {
    /// The member who pays for this one, if somebody else does.
    pub parent: Option<MemberId>,
    /// Whether the tier owes dues; `None` if its record is missing or unreadable.
    pub owes_dues: Option<bool>,
    /// The first day that is not paid for, local date.
    pub paid_until: Option<Date>,
    /// The first day on which the member no longer belonged to the space, local date. From then on,
    /// the member covers nobody else.
    pub left: Option<Date>,
    /// When the member is suspended, and covers nobody else.
    pub suspension: Option<Suspension>,
}

impl CoverTerms {
    /// Takes the relevant fields of a member's record and the tier's.
    #[must_use]
    pub fn new(member: &Member, tier: Option<&Tier>) -> Self {
        Self {
            parent: member.parent,
            owes_dues: tier.map(Tier::owes_dues),
            paid_until: member.paid_until,
            left: member.left,
            suspension: member.suspension(),
        }
    }

    /// Returns the first day from which the member covers nobody else, as it is known on a day: a
    /// suspension that is over by then no longer matters.
    fn ends(&self, on: Date) -> Option<Date> {
        let suspension = self.suspension.filter(|it| !it.is_over(on));
        earliest(self.left, suspension.map(|it| it.since))
    }

    /// Looks up in the tiers of the space whether the tier owes dues.
    #[must_use]
    pub fn in_tier(self, basis: &Basis, tier: &Slug) -> Self {
        let tier = basis.tiers.get(tier).and_then(Slot::get);
        Self { owes_dues: tier.map(Tier::owes_dues), ..self }
    }

    /// Tells whether what the member paid, or a tier without dues, covers a local day without any
    /// grace. That suffices for cover, and is quicker than adding days to a date.
    #[must_use]
    pub fn has_paid(&self, day: Date) -> bool {
        self.parent.is_none()
            && self
                .owes_dues
                .is_some_and(|owes| !owes || self.paid_until.is_some_and(|it| day < it))
    }
}

/// Until when a member is covered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(into = "CoverFields")]
pub enum Cover {
    /// The tier owes no dues.
    Always,
    /// Covered until the start of this local day, including grace.
    Until(Date),
    /// Nothing was paid, or what is owed is unknown.
    Never,
}

impl Cover {
    /// Like [`Self::of`], with the grace days from the settings; none if they cannot be read.
    pub fn by_settings(
        basis: &Basis,
        payer: CoverTerms,
        on: Date,
        parent: impl Fn(MemberId) -> Option<CoverTerms>,
    ) -> Self {
        let grace = basis.space.get().map_or(0, |space| space.grace_days);
        Self::of(payer, grace, on, parent)
    }

    /// Calculates the cover of a member, as it is known on a local day; `parent` looks up members who
    /// pay for others.
    ///
    /// A child is covered as its parent is, whatever its own tier, and only while the parent is a
    /// member in good standing: has not left, and is not suspended. A parent who is not found, or
    /// a circle of parents, covers nobody. While a parent is suspended, and before, the cover ends on
    /// the first day of that; it goes on once the suspension is over. Allocates nothing.
    pub fn of(
        payer: CoverTerms,
        grace_days: u16,
        on: Date,
        parent: impl Fn(MemberId) -> Option<CoverTerms>,
    ) -> Self {
        let (mut payer, mut ends) = (payer, None);
        for _ in 0..MAX_GENERATIONS {
            match payer.parent.map(&parent) {
                None => return Self::of_one(payer, grace_days).at_most(ends),
                Some(None) => return Self::Never,
                Some(Some(next)) => (payer, ends) = (next, earliest(ends, next.ends(on))),
            }
        }
        Self::Never
    }

    /// Ends the cover on a local day if it would last longer.
    fn at_most(self, ends: Option<Date>) -> Self {
        match (self, ends) {
            (Self::Always, Some(ends)) => Self::Until(ends),
            (Self::Until(end), Some(ends)) => Self::Until(end.min(ends)),
            (cover, _) => cover,
        }
    }

    fn of_one(payer: CoverTerms, grace_days: u16) -> Self {
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

    /// Tells whether it includes a local day but ends within the given number of days.
    #[must_use]
    pub fn ends_within(self, days: u16, today: Date) -> bool {
        let days = SignedDuration::from_hours(24 * i64::from(days));
        let last = today.checked_add(days).unwrap_or(Date::MAX);
        matches!(self, Self::Until(end) if today < end && end <= last)
    }
}

/// Returns the earlier of two days.
fn earliest(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    one.into_iter().chain(other).min()
}

/// The first day that is not covered, or a word.
impl fmt::Display for Cover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => f.pad("always"),
            Self::Until(day) => day.fmt(f),
            Self::Never => f.pad("-"),
        }
    }
}

/// Two fields for programs, each of one type: `covered_until` is a date or null, and `always_covered`
/// tells whether null means for ever or not at all.
#[derive(Serialize, JsonSchema)]
struct CoverFields {
    /// The first day that is not covered; `null` if there is no such day.
    covered_until: Option<Date>,
    /// Whether it never ends.
    always_covered: bool,
}

impl From<Cover> for CoverFields {
    fn from(cover: Cover) -> Self {
        let covered_until = match cover {
            Cover::Until(day) => Some(day),
            Cover::Always | Cover::Never => None,
        };
        Self { covered_until, always_covered: cover == Cover::Always }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::dues::fixture::basis;

    const PAYS: CoverTerms = CoverTerms {
        parent: None,
        owes_dues: Some(true),
        paid_until: Some(date(2026, 3, 1)),
        left: None,
        suspension: None,
    };
    const TODAY: Date = date(2026, 1, 15);

    fn id(number: u64) -> MemberId {
        MemberId::new(number).unwrap()
    }

    #[test]
    fn grace_is_added_to_what_was_paid() {
        let cover = Cover::of(PAYS, 14, TODAY, |_| None);
        assert_eq!(cover, Cover::Until(date(2026, 3, 15)));
        assert!(cover.includes(date(2026, 3, 14)));
        assert!(!cover.includes(date(2026, 3, 15)), "covered means now < paid-until + grace");
    }

    #[test]
    fn a_tier_without_dues_is_always_covered_and_an_unknown_tier_never() {
        let payer = CoverTerms { paid_until: None, ..PAYS };
        assert_eq!(
            Cover::of(CoverTerms { owes_dues: Some(false), ..payer }, 14, TODAY, |_| None),
            Cover::Always
        );
        assert_eq!(Cover::of(payer, 14, TODAY, |_| None), Cover::Never);
        assert_eq!(
            Cover::of(CoverTerms { owes_dues: None, ..PAYS }, 14, TODAY, |_| None),
            Cover::Never
        );
    }

    #[test]
    fn a_child_is_covered_as_its_parent_is() {
        let child = CoverTerms {
            parent: Some(id(1)),
            owes_dues: Some(false),
            paid_until: None,
            left: None,
            suspension: None,
        };
        assert_eq!(Cover::of(child, 14, TODAY, |_| Some(PAYS)), Cover::Until(date(2026, 3, 15)));
        assert_eq!(
            Cover::of(child, 14, TODAY, |_| None),
            Cover::Never,
            "the parent cannot be read"
        );
        assert_eq!(
            Cover::of(child, 14, TODAY, |_| Some(child)),
            Cover::Never,
            "a circle of parents"
        );
    }

    #[test]
    fn a_child_is_covered_only_while_its_parent_is_in_good_standing() {
        let child = CoverTerms { parent: Some(id(1)), ..PAYS };
        let by = |parent: CoverTerms| Cover::of(child, 14, TODAY, |_| Some(parent));
        let gone = |left| CoverTerms { left: Some(left), ..PAYS };
        assert_eq!(by(gone(date(2026, 2, 1))), Cover::Until(date(2026, 2, 1)));
        assert_eq!(by(gone(date(2026, 9, 1))), Cover::Until(date(2026, 3, 15)));
        let honorary = CoverTerms { owes_dues: Some(false), ..gone(date(2026, 2, 1)) };
        assert_eq!(by(honorary), Cover::Until(date(2026, 2, 1)));
        // The end of a member's own membership is decided elsewhere, and has its own reason.
        assert_eq!(
            Cover::of(gone(date(2026, 2, 1)), 14, TODAY, |_| None),
            Cover::Until(date(2026, 3, 15))
        );
        let grandchild = CoverTerms { parent: Some(id(2)), ..PAYS };
        let cover = Cover::of(grandchild, 14, TODAY, |parent| {
            Some(if parent == id(2) { child } else { gone(date(2026, 2, 1)) })
        });
        assert_eq!(cover, Cover::Until(date(2026, 2, 1)));
    }

    #[test]
    fn a_child_stays_out_while_its_parent_is_suspended_and_no_longer() {
        let child = CoverTerms { parent: Some(id(1)), ..PAYS };
        let (since, until) = (date(2026, 2, 1), Some(date(2026, 2, 10)));
        let on = |on: Date, until, left| {
            let suspension = Some(Suspension { since, until });
            let cover = Cover::of(child, 14, on, |_| Some(CoverTerms { suspension, left, ..PAYS }));
            (cover, cover.includes(on))
        };
        let (paid, ends) = (Cover::Until(date(2026, 3, 15)), Cover::Until(since));
        assert_eq!(on(date(2026, 1, 31), until, None), (ends, true));
        assert_eq!(on(date(2026, 2, 9), until, None), (ends, false));
        assert_eq!(on(date(2026, 2, 10), until, None), (paid, true));
        assert_eq!(on(date(2026, 2, 10), None, None), (ends, false));
        let left = date(2026, 2, 20);
        assert_eq!(on(date(2026, 2, 10), until, Some(left)), (Cover::Until(left), true));
    }

    #[test]
    fn who_has_paid_is_covered_and_the_others_may_be() {
        let ends = [None, Some(Date::MIN), Some(date(2026, 3, 1)), Some(Date::MAX)];
        let days = [Date::MIN, date(2026, 2, 28), date(2026, 3, 1), Date::MAX];
        let mut paid = 0;
        for (paid_until, day) in ends.iter().flat_map(|end| days.map(|day| (*end, day))) {
            for owes_dues in [None, Some(false), Some(true)] {
                let payer = CoverTerms { parent: None, owes_dues, paid_until, ..PAYS };
                let covered = |grace| Cover::of(payer, grace, day, |_| None).includes(day);
                assert_eq!(payer.has_paid(day), covered(0), "{payer:?} on {day}");
                assert!(!payer.has_paid(day) || covered(14) && covered(u16::MAX));
                let child = CoverTerms { parent: Some(id(1)), ..payer };
                assert!(!child.has_paid(day), "it is the parent who pays");
                paid += usize::from(payer.has_paid(day));
            }
        }
        assert_eq!(paid, 16 + 2 + 3, "without dues; then each end on the days before it");
    }

    #[test]
    fn tiers_and_grace_are_those_of_the_space() {
        let basis = basis();
        let payer = |tier: &str, paid_until| {
            let terms = CoverTerms { paid_until, owes_dues: None, ..PAYS };
            terms.in_tier(&basis, &tier.parse().unwrap())
        };
        let cover = |payer| Cover::by_settings(&basis, payer, TODAY, |_| None);
        assert_eq!(payer("standard", PAYS.paid_until), PAYS);
        assert_eq!(cover(PAYS), Cover::Until(date(2026, 3, 15)));
        assert_eq!(cover(payer("guest", None)), Cover::Always);
        assert_eq!(cover(payer("broken", PAYS.paid_until)), Cover::Never);
        assert_eq!(cover(payer("unknown", PAYS.paid_until)), Cover::Never);
        let unreadable = Basis { space: Slot::Unreadable, ..basis.clone() };
        assert_eq!(
            Cover::by_settings(&unreadable, PAYS, TODAY, |_| None),
            Cover::Until(date(2026, 3, 1))
        );
    }

    #[test]
    fn what_ends_soon_has_not_ended_and_does_within_the_days() {
        let cover = Cover::Until(date(2026, 3, 15));
        for (today, soon) in [
            (date(2026, 2, 28), false),
            (date(2026, 3, 1), true),
            (date(2026, 3, 14), true),
            (date(2026, 3, 15), false),
        ] {
            assert_eq!(cover.ends_within(14, today), soon, "{today}");
        }
        assert!(!cover.ends_within(0, date(2026, 3, 14)));
        assert!(Cover::Until(Date::MAX).ends_within(u16::MAX, date(9999, 12, 30)));
        assert!(!Cover::Always.ends_within(14, date(2026, 3, 1)));
        assert!(!Cover::Never.ends_within(14, date(2026, 3, 1)));
    }

    #[test]
    fn people_and_programs_read_the_first_day_that_is_not_covered() {
        for (cover, words, until) in [
            (Cover::Always, "always", None),
            (Cover::Until(date(2026, 3, 15)), "2026-03-15", Some("2026-03-15")),
            (Cover::Never, "-", None),
        ] {
            assert_eq!(cover.to_string(), words);
            let fields = serde_json::json!({
                "covered_until": until, "always_covered": cover == Cover::Always,
            });
            assert_eq!(serde_json::to_value(cover).unwrap(), fields);
        }
    }

    #[test]
    fn the_end_of_the_calendar_does_not_panic() {
        let payer = CoverTerms { paid_until: Some(Date::MAX), ..PAYS };
        assert_eq!(Cover::of(payer, u16::MAX, TODAY, |_| None), Cover::Until(Date::MAX));
    }
}
