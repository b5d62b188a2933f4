//! What the members owe on a day, by tier and class, with its components.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::tally::{DuesClass, TalliedMember, tally_member, tier_name};
use crate::domain::{
    dues::{AllMembers, DuesPart, Standing},
    model::{MemberId, Money, Slug},
    money::Currency,
};

/// What a group of members owes a month, in minor units; the components add up to `month`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesShare {
    /// The short name of the tier; `None` for the total.
    pub tier: Option<Slug>,
    /// The display name of the tier.
    pub name: String,
    /// The class; `None` for the total.
    pub class: Option<DuesClass>,
    /// The number of members.
    pub members: u64,
    /// The prices of their tiers.
    pub price: Money,
    /// The surcharges for children.
    pub children: Money,
    /// The reductions for concessions, negative.
    pub concession: Money,
    /// What is added to reach the minimum.
    pub minimum: Money,
    /// What the members chose to pay on top.
    pub chosen: Money,
    /// The sum of the dues.
    pub month: Money,
}

/// The dues expected from the members on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DuesReport {
    /// The day, local date.
    pub on: Date,
    /// The currency of the amounts.
    #[serde(flatten)]
    pub currency: Currency,
    /// By tier and class, sorted.
    pub shares: Vec<DuesShare>,
    /// The total.
    pub total: DuesShare,
}

/// One member, with class and dues.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct PayingMember {
    /// The number.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// The tier.
    pub tier: Slug,
    /// The class.
    pub class: DuesClass,
    /// The standing.
    pub standing: Standing,
    /// The monthly dues, in minor units.
    pub month: Money,
}

impl DuesShare {
    fn empty(tier: Option<Slug>, name: String, class: Option<DuesClass>) -> Self {
        let (members, nothing) = (0, 0);
        Self {
            tier,
            name,
            class,
            members,
            price: nothing,
            children: nothing,
            concession: nothing,
            minimum: nothing,
            chosen: nothing,
            month: nothing,
        }
    }

    fn add(&mut self, tallied: &TalliedMember) {
        self.members += 1;
        self.month = self.month.saturating_add(tallied.month());
        for line in tallied.dues.iter().flat_map(|dues| &dues.lines) {
            let part = match line.part {
                DuesPart::Nothing => continue,
                DuesPart::Price => &mut self.price,
                DuesPart::Children => &mut self.children,
                DuesPart::Concession => &mut self.concession,
                DuesPart::Minimum => &mut self.minimum,
                DuesPart::Chosen => &mut self.chosen,
            };
            *part = part.saturating_add(line.amount);
        }
    }
}

/// Adds up what the members owe on a day.
#[must_use]
pub fn dues(all: &AllMembers<'_>, on: Date) -> DuesReport {
    let mut shares: BTreeMap<(&Slug, DuesClass), DuesShare> = BTreeMap::new();
    let mut total = DuesShare::empty(None, String::new(), None);
    for member in all.members() {
        let Some(tallied) = tally_member(all, member, on) else { continue };
        let (tier, class) = (member.tier, tallied.class);
        let empty = || DuesShare::empty(Some(tier.clone()), tier_name(all, tier), Some(class));
        shares.entry((tier, class)).or_insert_with(empty).add(&tallied);
        total.add(&tallied);
    }
    let shares = shares.into_values().collect();
    DuesReport { on, currency: Currency::of(all.basis()), shares, total }
}

/// Lists the members of a day with their classes, sorted by number.
#[must_use]
pub fn payers(all: &AllMembers<'_>, on: Date) -> Vec<PayingMember> {
    let payer = |member| {
        let tallied: TalliedMember = tally_member(all, member, on)?;
        Some(PayingMember {
            id: member.id,
            name: member.name.to_owned(),
            tier: member.tier.clone(),
            class: tallied.class,
            standing: tallied.standing,
            month: tallied.month(),
        })
    };
    all.members().iter().filter_map(payer).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::report::people::{basis, example_members, random_members};

    #[test]
    fn what_is_expected_is_told_part_by_part() {
        let (basis, tiers) = basis();
        let all = AllMembers::new(&basis, example_members(&tiers));
        let report = dues(&all, date(2026, 3, 15));
        let told: Vec<_> = report
            .shares
            .iter()
            .map(|it| (it.name.as_str(), it.class.unwrap().word(), it.members, it.month))
            .collect();
        assert_eq!(
            told,
            [
                ("Guest", "free", 1, 0),
                ("lost", "unclear", 1, 0),
                ("Standard", "full", 3, 8500),
                ("Standard", "concession", 2, 2500),
                ("Standard", "child", 1, 0),
            ]
        );
        let total = &report.total;
        assert_eq!((total.price, total.children, total.concession), (12_500, 500, -2500));
        assert_eq!((total.minimum, total.chosen, total.month), (0, 500, 11_000));
        let payers = payers(&all, date(2026, 3, 15));
        assert_eq!(payers.len(), 8);
        assert_eq!((payers[1].class, payers[1].month), (DuesClass::Full, 3500));
        assert_eq!((payers[4].class, payers[4].month), (DuesClass::Concession, 1250));
    }

    proptest! {
        #[test]
        fn parts_shares_and_payers_add_up(seed in prop::collection::vec(any::<u32>(), 0..40)) {
            let (basis, tiers) = basis();
            let all = AllMembers::new(&basis, random_members(&tiers, &seed));
            let on = date(2026, 2, 15);
            let DuesReport { shares, total, .. } = dues(&all, on);
            let sum = |part: fn(&DuesShare) -> Money| shares.iter().map(part).sum::<Money>();
            for part in [
                (|it| it.price) as fn(&DuesShare) -> Money,
                |it| it.children, |it| it.concession, |it| it.minimum, |it| it.chosen, |it| it.month,
            ] {
                prop_assert_eq!(sum(part), part(&total));
            }
            let parts =
                total.price + total.children + total.concession + total.minimum + total.chosen;
            prop_assert_eq!(parts, total.month);
            let owed: Money = payers(&all, on).iter().map(|it| it.month).sum();
            prop_assert_eq!(owed, total.month);
        }
    }
}
