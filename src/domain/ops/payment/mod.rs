//! What can be done with payments. Each verb recalculates until when the member has paid.

pub mod add;
pub mod add_profile;
pub mod assign;
pub mod give_back;
pub mod import;
mod ledger;
mod member_payments;
#[cfg(test)]
mod permutations;
pub mod remember;
pub mod same;
pub mod settle;
pub mod suggestions;
mod taken_back;

pub use add::{Add, add};
pub use add_profile::add_profile;
pub use assign::{Assign, assign};
pub use give_back::{Refund, give_back};
pub use import::{CoverChange, Import, import};
pub use remember::Remember;
pub use same::{Same, same};
pub use settle::settle;
