//! Amounts of money: kept in minor units, read and written with the decimal places of the
//! currency.

mod amount;
mod bank_amount;
mod currency;
mod symbol;
mod written_amount;

pub use amount::{Amount, decimal};
pub use currency::Currency;
pub use written_amount::WrittenAmount;
