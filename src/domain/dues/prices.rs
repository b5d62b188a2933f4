//! Which settings and tiers decide everybody's dues.

use crate::domain::model::{Basis, DuesRules, Money, Slug, Tier};

/// Everything that dues are calculated from, except the members' own records: as long as it stays
/// equal, no change of the settings or tiers changes anybody's dues.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prices<'b> {
    rules: Option<&'b DuesRules>,
    tiers: Vec<(&'b Slug, Option<Price>)>,
}

/// The prices of a readable tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Price {
    month: Option<Money>,
    year: Option<Money>,
    concessions: bool,
}

impl<'b> Prices<'b> {
    /// Takes the prices of a space.
    #[must_use]
    pub fn of(basis: &'b Basis) -> Self {
        let price = |tier: &Tier| Price {
            month: tier.price,
            year: tier.year,
            concessions: tier.concessions,
        };
        let tiers = basis.tiers.iter();
        Self {
            rules: basis.space.get().map(|space| &space.dues),
            tiers: tiers.map(|(name, tier)| (name, tier.get().map(price))).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        dues::fixture::basis,
        model::{Slot, Space},
    };

    fn changed(change: impl Fn(&mut Space, &mut Tier)) -> bool {
        let (before, mut after) = (basis(), basis());
        let tier = after.tiers.get_mut("standard").unwrap();
        let (Slot::Read(space), Slot::Read(tier)) = (&mut after.space, tier) else { panic!() };
        change(space, tier);
        Prices::of(&before) != Prices::of(&after)
    }

    #[test]
    fn only_what_decides_dues_is_a_change_of_prices() {
        assert!(!changed(|_, _| {}));
        assert!(!changed(|space, tier| {
            space.grace_days += 1;
            space.currency = "EUR".into();
            tier.name.push('!');
        }));
        assert!(changed(|_, tier| tier.price = None));
        assert!(changed(|_, tier| tier.year = Some(27_000)));
        assert!(changed(|_, tier| tier.concessions = false));
        assert!(changed(|space, _| space.dues.minimum += 1));
        assert!(changed(|space, _| space.dues.included_children += 1));
        assert!(changed(|space, _| space.dues.per_further_child += 1));
        assert!(changed(|space, _| space.dues.concession_age += 1));
    }

    #[test]
    fn a_new_or_readable_again_tier_is_a_change() {
        let (before, mut after) = (basis(), basis());
        let tier = before.tiers["guest"].clone();
        after.tiers.insert("broken".parse().unwrap(), tier.clone());
        assert_ne!(Prices::of(&before), Prices::of(&after));
        let mut after = before.clone();
        after.tiers.insert("new".parse().unwrap(), tier);
        assert_ne!(Prices::of(&before), Prices::of(&after));
    }
}
