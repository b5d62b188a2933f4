//! Checks of a tier: its name and its prices.

use super::notes::Notes;
use crate::domain::model::{FindingCode, Tier};

pub(super) fn check(tier: &Tier, notes: &mut Notes<'_>) {
    notes.text("name", &tier.name);
    for (field, amount) in [("price", tier.price), ("year", tier.year)] {
        if let Some(amount) = amount.filter(|amount| *amount < 0) {
            notes.error(
                FindingCode::BadPrice,
                format!("`{field}` is {amount}: write an amount above zero in minor units, or null for none"),
            );
        }
    }
    if tier.year.is_some() && matches!(tier.price, None | Some(0)) {
        notes.error(
            FindingCode::BadPrice,
            "`year` is set but `price` is not: write the monthly price too, or null for both",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        check,
        model::{Place, Record},
        records::Catalogue,
    };

    #[test]
    fn a_price_may_be_nothing_and_a_year_needs_a_month() {
        let found = |price, year| {
            let tier = Tier { name: "Tier".into(), price, year, concessions: false };
            let place = Place::Tier("tier".parse().unwrap());
            check::record(&place, &Record::Tier(tier), &Catalogue::default()).len()
        };
        for (price, year) in
            [(None, None), (Some(0), None), (Some(1), Some(0)), (Some(1), Some(10))]
        {
            assert_eq!(found(price, year), 0, "{price:?} {year:?}");
        }
        for (price, year) in
            [(Some(-1), None), (Some(1), Some(-1)), (None, Some(1)), (Some(0), Some(1))]
        {
            assert_eq!(found(price, year), 1, "{price:?} {year:?}");
        }
    }
}
