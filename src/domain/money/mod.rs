//! Amounts of money: kept in minor units, written and read in the digits of their currency.

mod amount;
mod booked;
mod currency;
mod written;

pub use amount::{Amount, decimal};
pub use currency::Currency;
pub use written::Written;
