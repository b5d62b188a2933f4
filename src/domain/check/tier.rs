//! Checks of a tier: its name and its prices.

use super::notes::Notes;
use crate::domain::model::{FindingCode, Tier};

pub(super) fn check(tier: &Tier, notes: &mut Notes<'_>) {
    notes.text("name", &tier.name);
    for (field, amount) in [("price", tier.price), ("year", tier.year)] {
        if let Some(amount) = amount.filter(|amount| *amount < 0) {
            notes.error(
                FindingCode::BadPrice,
                format!("`{field}` is {amount}: write minor units above zero, or null for none"),
            );
        }
    }
    if tier.year.is_some() && matches!(tier.price, None | Some(0)) {
        notes.error(
            FindingCode::BadPrice,
            "`year` is a price and `price` is none: write the price of a month too, or null for both",
        );
    }
}
