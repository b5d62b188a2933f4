//! What a member owes a month, and how it is calculated, line by line.

use jiff::civil::Date;

use super::{DuesTerms, Household};
use crate::domain::model::{DuesRules, Money, Tier, text};

/// The dues of one member on one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dues {
    /// The monthly dues, in minor units; zero for members who owe nothing.
    pub amount: Money,
    /// The price of a whole year paid at once, in minor units, if the tier has one.
    pub year: Option<Money>,
    /// The steps of the calculation; they add up to the monthly amount.
    pub lines: Vec<DuesLine>,
}

/// One step of the calculation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DuesLine {
    /// Which step it is.
    pub part: DuesPart,
    /// What it is for, in words.
    pub what: String,
    /// What it adds to the amount, in minor units; negative if it reduces it.
    pub amount: Money,
}

/// The steps of the calculation, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DuesPart {
    /// Nothing is owed.
    Nothing,
    /// The price of the tier.
    Price,
    /// The surcharge for further children.
    Children,
    /// The reduction for a concession.
    Concession,
    /// What is added to reach the minimum.
    Minimum,
    /// What the member chose to pay on top.
    Chosen,
}

impl DuesPart {
    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Price => "price",
            Self::Children => "children",
            Self::Concession => "concession",
            Self::Minimum => "minimum",
            Self::Chosen => "chosen",
        }
    }
}

/// Calculates what a household owes on a local day.
///
/// It is the price of the tier, a surcharge for each child beyond those included, half of both for
/// a concession, at least the minimum, and the chosen amount if that is higher. Members who chose
/// a higher amount have no yearly price, since it would be lower than what they chose.
#[must_use]
pub fn dues(rules: &DuesRules, tier: &Tier, household: &Household, on: Date) -> Dues {
    let payer = &household.payer;
    let nothing = |what: String| Dues {
        amount: 0,
        year: None,
        lines: vec![DuesLine { part: DuesPart::Nothing, what, amount: 0 }],
    };
    if payer.is_child {
        return nothing("a child: covered through the parent".into());
    }
    let Some(price) = tier.price.filter(|price| *price > 0) else {
        return nothing(format!("tier {}, which owes nothing", text::shown(&tier.name)));
    };
    let mut sum = Sum::default();
    sum.add(DuesPart::Price, format!("tier {}", text::shown(&tier.name)), price);
    let children = household.children.iter().filter(|child| child.is_member_on(on)).count();
    let further = children.saturating_sub(usize::from(rules.included_children));
    let surcharge = times(rules.per_further_child.max(0), further);
    if further > 0 {
        let (word, included) =
            (if further == 1 { "child" } else { "children" }, rules.included_children);
        let what = format!("{further} {word} beyond the {included} included");
        sum.add(DuesPart::Children, what, surcharge);
    }
    let concession = tier.concessions.then(|| concession(rules, household, on)).flatten();
    if let Some(reason) = &concession {
        sum.reach(DuesPart::Concession, format!("half: {reason}"), half(sum.total));
    }
    let minimum = rules.minimum.max(0);
    if sum.total < minimum {
        sum.reach(DuesPart::Minimum, "at least the minimum".into(), minimum);
    }
    let chosen = payer.chosen_amount.filter(|chosen| *chosen > sum.total);
    if let Some(chosen) = chosen {
        sum.reach(DuesPart::Chosen, "the amount chosen by the member".into(), chosen);
    }
    let year = tier.year.filter(|year| *year > 0 && chosen.is_none()).map(|year| {
        let year = year.saturating_add(times(surcharge, 12));
        let year = if concession.is_some() { half(year) } else { year };
        year.max(times(minimum, 12))
    });
    Dues { amount: sum.total, year, lines: sum.lines }
}

/// Tells whether the ages of a payer and their children affect the dues: not if the tier gives no
/// concessions, nor if one is granted anyway.
#[must_use]
pub fn depends_on_age(tier: Option<&Tier>, concession: bool) -> bool {
    !concession && tier.is_some_and(|tier| tier.concessions && tier.owes_dues())
}

/// Returns why dues are reduced, if they are.
fn concession(rules: &DuesRules, household: &Household, on: Date) -> Option<String> {
    let of = |person: &DuesTerms| {
        if person.concession {
            return Some("a concession".to_owned());
        }
        let by_age = person.has_reached(rules.concession_age, on);
        by_age.then(|| format!("age {} or more", rules.concession_age))
    };
    let child =
        |child: &DuesTerms| Some(format!("{}, for {}", of(child)?, text::shown(&child.name)));
    let children = || household.children.iter().filter(|child| child.is_member_on(on));
    of(&household.payer).or_else(|| children().find_map(child))
}

/// Halves an amount, rounding half up.
fn half(amount: Money) -> Money {
    amount / 2 + amount % 2
}

fn times(amount: Money, count: usize) -> Money {
    amount.saturating_mul(Money::try_from(count).unwrap_or(Money::MAX))
}

/// An amount that remembers how it was calculated.
#[derive(Default)]
struct Sum {
    total: Money,
    lines: Vec<DuesLine>,
}

impl Sum {
    fn add(&mut self, part: DuesPart, what: String, amount: Money) {
        self.reach(part, what, self.total.saturating_add(amount));
    }

    fn reach(&mut self, part: DuesPart, what: String, total: Money) {
        self.lines.push(DuesLine { part, what, amount: total - self.total });
        self.total = total;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const RULES: DuesRules = DuesRules {
        minimum: 500,
        included_children: 1,
        per_further_child: 500,
        concession_age: 65,
    };

    fn person(is_child: bool) -> DuesTerms {
        DuesTerms {
            name: if is_child { "Byron" } else { "Ada" }.into(),
            joined: date(2020, 1, 1),
            left: None,
            concession: false,
            born: None,
            chosen_amount: None,
            is_child,
        }
    }

    fn family(children: usize) -> Household {
        Household { payer: person(false), children: vec![person(true); children] }
    }

    fn tier(price: Money) -> Tier {
        Tier { name: "Standard".into(), price: Some(price), year: Some(27_000), concessions: true }
    }

    const TODAY: Date = date(2026, 1, 31);

    fn steps(dues: &Dues) -> Vec<(&str, Money)> {
        dues.lines.iter().map(|line| (line.what.as_str(), line.amount)).collect()
    }

    #[test]
    fn every_step_is_reported() {
        let mut home = family(4);
        home.children[0].left = Some(TODAY);
        home.children[1].joined = date(2026, 2, 1);
        home.children[2].concession = true;
        home.children.push(person(true));
        let first = dues(&RULES, &tier(2500), &home, TODAY);
        assert_eq!(
            steps(&first),
            [
                ("tier Standard", 2500),
                ("2 children beyond the 1 included", 1000),
                ("half: a concession, for Byron", -1750)
            ]
        );
        assert_eq!((first.amount, first.year), (1750, Some((27_000 + 12_000) / 2)));
        home.payer.chosen_amount = Some(3000);
        let chosen = dues(&RULES, &tier(2500), &home, TODAY);
        assert_eq!((chosen.amount, chosen.year), (3000, None));
        let low = dues(&RULES, &tier(300), &family(0), TODAY);
        assert_eq!(steps(&low), [("tier Standard", 300), ("at least the minimum", 200)]);
    }

    #[test]
    fn a_concession_needs_a_tier_that_allows_it() {
        let mut home = family(0);
        home.payer.born = Some("1961-01".parse().unwrap());
        let full = Tier { concessions: false, ..tier(2501) };
        assert_eq!(dues(&RULES, &full, &home, TODAY).amount, 2501);
        assert_eq!(dues(&RULES, &tier(2501), &home, TODAY).amount, 1251, "half up");
        assert_eq!(dues(&RULES, &tier(2501), &home, date(2025, 12, 31)).amount, 2501);
        home.payer.concession = true;
        assert_eq!(dues(&RULES, &full, &home, TODAY).amount, 2501);
        assert_eq!(dues(&RULES, &tier(2501), &home, date(2025, 12, 31)).amount, 1251);
    }

    #[test]
    fn children_and_tiers_without_a_price_owe_nothing() {
        let child = Household { payer: person(true), children: Vec::new() };
        assert_eq!(dues(&RULES, &tier(2500), &child, TODAY).amount, 0);
        for price in [None, Some(0), Some(-5)] {
            let free = Tier { price, ..tier(1) };
            let dues = dues(&RULES, &free, &family(3), TODAY);
            assert_eq!((dues.amount, dues.year), (0, None));
        }
    }

    fn money() -> impl Strategy<Value = Money> {
        prop_oneof![4 => 0..100_000_i64, 1 => any::<i64>()]
    }

    proptest! {
        #[test]
        fn dues_are_never_below_the_minimum_and_the_lines_add_up(
            (price, minimum, per_child) in (1..100_000_i64, 0..100_000_i64, 0..10_000_i64),
            (year, chosen) in (proptest::option::of(money()), proptest::option::of(0..9_000_i64)),
            (children, concession) in (0..5_usize, any::<bool>()),
        ) {
            let rules = DuesRules { minimum, per_further_child: per_child, ..RULES };
            let mut home = family(children);
            home.payer.chosen_amount = chosen;
            home.payer.concession = concession;
            let dues = dues(&rules, &Tier { year, ..tier(price) }, &home, TODAY);
            prop_assert!(dues.amount >= minimum && dues.amount >= chosen.unwrap_or(0));
            prop_assert!(dues.amount > 0, "whoever owes dues owes more than nothing");
            prop_assert_eq!(dues.lines.iter().map(|line| line.amount).sum::<Money>(), dues.amount);
            prop_assert!(dues.year.is_none_or(|year| year >= minimum * 12));
        }

        #[test]
        fn no_numbers_overflow(
            (price, minimum, per_child) in (any::<i64>(), any::<i64>(), any::<i64>()),
            (year, chosen) in (any::<Option<i64>>(), any::<Option<i64>>()),
            (children, age) in (0..5_usize, any::<u16>()),
        ) {
            let rules = DuesRules {
                minimum, per_further_child: per_child, concession_age: age, ..RULES
            };
            let mut home = family(children);
            home.payer.chosen_amount = chosen;
            home.payer.born = Some("1999-12".parse().unwrap());
            let dues = dues(&rules, &Tier { year, ..tier(price) }, &home, TODAY);
            prop_assert!(dues.amount >= 0);
        }
    }
}
