//! The monthly review for directors: how many members there are, who joined, left and lapsed, and
//! which dues are expected. It is self-contained, so that it can be mailed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    month,
    tally::{TalliedMember, Tally, by_tier, tally_member, tier_name},
};
use crate::domain::{
    dues::{AllMembers, Cover, MemberTerms, Standing},
    model::{MemberId, Slug, contact::YearMonth},
    money::Currency,
};

/// The review of a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Review {
    /// The display name of the space.
    pub space: String,
    /// The month.
    pub month: YearMonth,
    /// The day on which members are counted: the month's last day, or today if that is earlier.
    pub on: Date,
    /// The currency of the amounts.
    #[serde(flatten)]
    pub currency: Currency,
    /// By tier, sorted by its short name.
    pub tiers: Vec<TierReview>,
    /// The total.
    pub total: Tally,
    /// Who joined in the month.
    pub new: Vec<NamedMember>,
    /// Who left in the month: their first day without membership lies in it.
    pub left: Vec<NamedMember>,
    /// Whose cover ended in the month and who have not paid since.
    pub lapsed: Vec<NamedMember>,
    /// The changes since the start of the month, if there are records from then.
    pub changes: Option<Changes>,
}

/// One tier of a review.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TierReview {
    /// The short name.
    pub tier: Slug,
    /// The display name.
    pub name: String,
    /// The count.
    #[serde(flatten)]
    pub tally: Tally,
    /// How many joined in the month.
    pub new: u64,
    /// How many left in the month.
    pub left: u64,
    /// The number whose cover ended in the month.
    pub lapsed_in_month: u64,
}

/// A member by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct NamedMember {
    /// The number.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Slug,
    /// The day on which it happened, local date, if there is one.
    pub day: Option<Date>,
}

/// What only a comparison with the records at the start of the month shows.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct Changes {
    /// Former members who are members again.
    pub returned: Vec<NamedMember>,
    /// Lapsed members who are covered again.
    pub paid_again: Vec<NamedMember>,
}

/// Reviews a month as of a day in it.
#[must_use]
pub fn review(all: &AllMembers<'_>, on: Date, changes: Option<Changes>) -> Review {
    let month = month::of_day(on);
    let within = |day: Date| month::first(month) <= day && day <= on;
    let name = |it: &MemberTerms<'_>, day| NamedMember {
        id: it.id,
        name: it.name.to_owned(),
        tier: it.tier.clone(),
        day: Some(day),
    };
    let (mut new, mut left, mut lapsed) = (Vec::new(), Vec::new(), Vec::new());
    let mut tallied: Vec<(&Slug, TalliedMember)> = Vec::with_capacity(all.members().len());
    for it in all.members() {
        if within(it.joined) {
            new.push(name(it, it.joined));
        }
        if let Some(day) = it.left.filter(|day| within(*day)) {
            left.push(name(it, day));
        }
        let Some(one) = tally_member(all, it, on) else { continue };
        if !one.covered
            && let Cover::Until(end) = all.cover(it, on)
            && within(end)
        {
            lapsed.push(name(it, end));
        }
        tallied.push((it.tier, one));
    }
    let (tallies, total) = by_tier(all, tallied.iter().map(|(tier, tallied)| (*tier, tallied)));
    let mut tiers: BTreeMap<Slug, TierReview> = BTreeMap::new();
    let mut row = |tier: &Slug, change: &dyn Fn(&mut TierReview)| {
        change(tiers.entry(tier.clone()).or_insert_with(|| TierReview {
            tier: tier.clone(),
            name: tier_name(all, tier),
            tally: Tally::default(),
            new: 0,
            left: 0,
            lapsed_in_month: 0,
        }));
    };
    tallies.iter().for_each(|it| row(&it.tier, &|row| row.tally = it.tally));
    new.iter().for_each(|it| row(&it.tier, &|row| row.new += 1));
    left.iter().for_each(|it| row(&it.tier, &|row| row.left += 1));
    lapsed.iter().for_each(|it| row(&it.tier, &|row| row.lapsed_in_month += 1));
    let tiers = tiers.into_values().collect();
    let basis = all.basis();
    let space = basis.space.get().map(|space| space.name.clone()).unwrap_or_default();
    Review {
        space,
        month,
        on,
        currency: Currency::of(basis),
        tiers,
        total,
        new,
        left,
        lapsed,
        changes,
    }
}

/// Compares the members' standing with an earlier day, according to the records of that day.
#[must_use]
pub fn changes(then: (&AllMembers<'_>, Date), now: (&AllMembers<'_>, Date)) -> Changes {
    let mut changes = Changes::default();
    let ((former, before), (all, on)) = (then, now);
    for it in all.members() {
        let Some(then) = former.get(it.id).map(|it| former.standing(it, before)) else { continue };
        let now = all.standing(it, on);
        let name = || NamedMember {
            id: it.id,
            name: it.name.to_owned(),
            tier: it.tier.clone(),
            day: None,
        };
        if then == Standing::Left && it.is_member_on(on) {
            changes.returned.push(name());
        } else if then == Standing::Lapsed && now == Standing::Good {
            changes.paid_again.push(name());
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::report::people::{basis, example_member, example_members, random_members};

    fn numbers(names: &[NamedMember]) -> Vec<(u64, Option<Date>)> {
        names.iter().map(|name| (name.id.number(), name.day)).collect()
    }

    #[test]
    fn who_came_went_and_lapsed_is_named() {
        let (basis, tiers) = basis();
        let all = AllMembers::new(&basis, example_members(&tiers));
        let review = review(&all, date(2026, 3, 31), None);
        assert_eq!((review.space.as_str(), review.month.to_string()), ("Makers", "2026-03".into()));
        assert_eq!((review.currency.code.as_str(), review.currency.digits), ("GBP", 2));
        assert_eq!(numbers(&review.new), [(8, Some(date(2026, 3, 10)))]);
        assert_eq!(numbers(&review.left), [(9, Some(date(2026, 3, 5)))]);
        assert_eq!(numbers(&review.lapsed), [(1, Some(date(2026, 3, 15)))]);
        assert_eq!(review.total.members, 8);
        assert_eq!((review.total.expected, review.total.expected_covered), (11_000, 8500));
        let told: Vec<_> = review
            .tiers
            .iter()
            .map(|it| (it.name.as_str(), it.tally.members, it.new, it.left, it.lapsed_in_month))
            .collect();
        assert_eq!(told, [("Guest", 1, 0, 0, 0), ("lost", 1, 1, 0, 0), ("Standard", 6, 0, 1, 1)]);
    }

    #[test]
    fn a_month_so_far_ends_today() {
        let (basis, tiers) = basis();
        let all = AllMembers::new(&basis, example_members(&tiers));
        let review = review(&all, date(2026, 3, 9), None);
        assert_eq!(numbers(&review.new), []);
        assert_eq!(numbers(&review.lapsed), [], "Ada is covered until the 15th");
        assert_eq!(review.total.members, 7);
    }

    #[test]
    fn who_lapsed_before_the_month_is_counted_and_not_named() {
        let (basis, tiers) = basis();
        let all = AllMembers::new(&basis, example_members(&tiers));
        let review = review(&all, date(2026, 4, 10), None);
        assert_eq!(numbers(&review.lapsed), []);
        let standard = review.tiers.iter().find(|it| it.tier == tiers[0]).unwrap();
        assert_eq!((standard.tally.lapsed, standard.lapsed_in_month), (1, 0), "Ada, in March");
    }

    #[test]
    fn who_was_away_and_is_back_is_named_too() {
        let (basis, tiers) = basis();
        let standard = &tiers[0];
        let usual = |number| example_member(number, "Somebody", standard);
        let left = |number| MemberTerms { left: Some(date(2026, 2, 1)), ..usual(number) };
        let unpaid = |number| MemberTerms { paid_until: None, ..usual(number) };
        let out = MemberTerms { suspension: Some(date(2026, 1, 1).into()), ..usual(3) };
        let then = AllMembers::new(&basis, vec![left(1), unpaid(2), out, left(4), unpaid(5)]);
        let now = vec![usual(1), usual(2), usual(3), left(4), unpaid(5), usual(6)];
        let now = AllMembers::new(&basis, now);
        let changes = changes((&then, date(2026, 2, 28)), (&now, date(2026, 3, 31)));
        assert_eq!(numbers(&changes.returned), [(1, None)]);
        assert_eq!(numbers(&changes.paid_again), [(2, None)]);
    }

    proptest! {
        #[test]
        fn tiers_add_up_to_the_whole(seed in prop::collection::vec(any::<u32>(), 0..40)) {
            let (basis, tiers) = basis();
            let all = AllMembers::new(&basis, random_members(&tiers, &seed));
            let review = review(&all, date(2026, 2, 28), None);
            let sum = |part: fn(&TierReview) -> u64| review.tiers.iter().map(part).sum::<u64>();
            prop_assert_eq!(sum(|it| it.tally.members), review.total.members);
            prop_assert_eq!(sum(|it| it.new), review.new.len() as u64);
            prop_assert_eq!(sum(|it| it.left), review.left.len() as u64);
            prop_assert_eq!(sum(|it| it.lapsed_in_month), review.lapsed.len() as u64);
            for it in &review.lapsed {
                let member = all.get(it.id).unwrap();
                prop_assert!(member.is_member_on(review.on));
                prop_assert!(!all.cover(member, review.on).includes(review.on));
            }
            let expected: i64 = review.tiers.iter().map(|it| it.tally.expected).sum();
            prop_assert_eq!(expected, review.total.expected);
        }
    }
}
