//! What can be done with payments. Each verb recalculates until when the member has paid.

mod account;
pub mod add;
pub mod assign;
pub mod give_back;
pub mod import;
mod ledger;
#[cfg(test)]
mod permutations;
pub mod settle;

pub use add::{Add, add};
pub use assign::{Assign, assign};
pub use give_back::{Back, give_back};
pub use import::{Import, Turn, import};
pub use settle::settle;
