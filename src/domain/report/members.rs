//! The number of members by tier, on a day and over time.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    month,
    tally::{TalliedMember, Tally, TierTally, by_tier, tally_member},
};
use crate::domain::{
    dues::AllMembers,
    model::{CommitId, Slug, contact::YearMonth},
};

/// The members of one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Members {
    /// The day, local date.
    pub on: Date,
    /// The count of each tier, sorted by short name.
    pub tiers: Vec<TierTally>,
    /// The total.
    pub total: Tally,
}

/// The members at the end of one month, according to the records of that time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Point {
    /// Which month.
    pub month: YearMonth,
    /// The day on which they are counted: the month's last day, or today if that is earlier.
    pub on: Date,
    /// The commit whose records were used.
    pub commit: CommitId,
    /// The count.
    #[serde(flatten)]
    pub total: Tally,
}

/// Counts the members on a day.
#[must_use]
pub fn members(all: &AllMembers<'_>, on: Date) -> Members {
    let tallied: Vec<(&Slug, TalliedMember)> = all
        .members()
        .iter()
        .filter_map(|member| Some((member.tier, tally_member(all, member, on)?)))
        .collect();
    let (tiers, total) = by_tier(all, tallied.iter().map(|(tier, tallied)| (*tier, tallied)));
    Members { on, tiers, total }
}

/// Counts the members on a day, as a point of a timeline.
#[must_use]
pub fn point(all: &AllMembers<'_>, on: Date, commit: CommitId) -> Point {
    Point { month: month::of_day(on), on, commit, total: members(all, on).total }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::report::people::{basis, example_members, random_members};

    #[test]
    fn everybody_is_counted_once_as_what_they_are() {
        let (basis, tiers) = basis();
        let found = members(&AllMembers::new(&basis, example_members(&tiers)), date(2026, 3, 15));
        let of = |name: &str| found.tiers.iter().find(|it| it.tier.as_str() == name).unwrap();
        assert_eq!(
            of("standard").tally,
            Tally {
                members: 6,
                full: 3,
                concession: 2,
                free: 0,
                children: 1,
                unclear: 0,
                owing: 5,
                suspended: 1,
                lapsed: 1,
                expected: 2500 + 3500 + 2500 + 1250 + 1250,
                expected_covered: 3500 + 2500 + 1250 + 1250,
            }
        );
        let guest = of("guest");
        assert_eq!((guest.name.as_str(), guest.tally.members, guest.tally.free), ("Guest", 1, 1));
        let lost = of("lost");
        assert_eq!((lost.name.as_str(), lost.tally.unclear, lost.tally.lapsed), ("lost", 1, 1));
        assert_eq!(found.total.members, 8, "those who left or have not come yet are not counted");
    }

    proptest! {
        #[test]
        fn classes_and_tiers_add_up(seed in prop::collection::vec(any::<u32>(), 0..40), day in 0..60_i64) {
            let (basis, tiers) = basis();
            let chosen = random_members(&tiers, &seed);
            let all = AllMembers::new(&basis, chosen);
            let on = date(2026, 2, 1) + jiff::SignedDuration::from_hours(24 * day);
            let Members { tiers, total, .. } = members(&all, on);
            let sum = |part: fn(&Tally) -> u64| tiers.iter().map(|it| part(&it.tally)).sum::<u64>();
            for part in [
                (|it| it.members) as fn(&Tally) -> u64,
                |it| it.full, |it| it.concession, |it| it.free, |it| it.children, |it| it.unclear,
                |it| it.owing, |it| it.suspended, |it| it.lapsed,
                |it| it.expected as u64, |it| it.expected_covered as u64,
            ] {
                prop_assert_eq!(sum(part), part(&total));
            }
            let classes = total.full + total.concession + total.free + total.children + total.unclear;
            prop_assert_eq!(classes, total.members);
            prop_assert!(total.expected_covered <= total.expected);
            let here = all.members().iter().filter(|it| it.is_member_on(on)).count();
            prop_assert_eq!(total.members, here as u64);
        }
    }
}
