//! The currency of a report's amounts.

use serde::Serialize;

use crate::domain::{
    model::{Basis, Slot},
    payments::digits,
};

/// A currency, and how many digits of its amounts stand behind the decimal sign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Coin {
    /// The ISO 4217 code; empty where the settings cannot be read.
    pub currency: String,
    /// How many digits of an amount are minor units.
    pub digits: u8,
}

impl Coin {
    /// Takes the currency of a space.
    #[must_use]
    pub fn of(basis: &Basis) -> Self {
        let currency = match &basis.space {
            Slot::Read(space) => space.currency.clone(),
            _ => String::new(),
        };
        Self { digits: digits(&currency), currency }
    }
}
