//! The kinds of membership, with their prices.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, maybe, plain};
use crate::domain::{
    model::{Slug, Tier as Record},
    money::{Amount, Currency},
};

/// A tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TierView {
    /// The short name for commands.
    pub tier: Slug,
    /// The name for people.
    pub name: String,
    /// The price of a month; `None` if no dues are owed.
    pub price: Option<Amount>,
    /// The price of a year, if one can pay for a year.
    pub year: Option<Amount>,
    /// Whether a concession halves the dues.
    pub concessions: bool,
}

impl TierView {
    /// Makes a row of a record.
    #[must_use]
    pub fn new(tier: Slug, record: Record, currency: &Currency) -> Self {
        Self {
            tier,
            name: record.name,
            price: record.price.map(|price| currency.amount(price)),
            year: record.year.map(|year| currency.amount(year)),
            concessions: record.concessions,
        }
    }
}

impl View for TierView {
    const EMPTY: &'static str = "there are no tiers";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("TIER", |row| plain(&row.tier)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("MONTH", |row| maybe(row.price)),
        Column::new("YEAR", |row| maybe(row.year)),
        Column::new("CONCESSIONS", |row| plain(if row.concessions { "yes" } else { "no" })),
    ];
}
