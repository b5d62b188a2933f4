//! What members owe, what a payment buys them, and until when they are covered.

mod amount;
mod cover;
mod everybody;
mod extend;
#[cfg(test)]
pub(in crate::domain) mod fixture;
mod household;
mod months;
mod prices;
mod standing;
mod underpaid;

pub use amount::{Dues, Line, Part, asks_for_ages, dues};
pub use cover::{Cover, Payer};
pub use everybody::{Everybody, Subject};
pub use extend::{end, start};
pub use household::{Household, Person, belongs};
pub use months::months;
pub use prices::Prices;
pub use standing::Standing;
pub use underpaid::last_paid;
