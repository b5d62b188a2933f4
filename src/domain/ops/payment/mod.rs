//! What can be done with payments. Each verb recalculates until when the member has paid.

pub mod add;
pub mod add_profile;
pub mod assign;
pub mod decisions;
pub mod give_back;
pub mod import;
mod ledger;
mod member_payments;
#[cfg(test)]
mod permutations;
pub mod remember;
pub mod restore;
pub mod same;
pub mod settle;
pub mod split;
pub mod suggestions;
mod taken_back;

pub use add::{Add, add};
pub use add_profile::add_profile;
pub use assign::{Assign, assign};
pub use decisions::{Decision, Decisions};
pub(super) use give_back::give_back_for_sure;
pub use give_back::{REFUND, REVERSE, Refund, give_back};
pub use import::{CoverChange, Import, import};
pub use remember::Remember;
pub use restore::{is_decided, restore};
pub use same::{Same, same};
pub use settle::settle;
pub use split::{Share, Split, Transfer, split};
pub use suggestions::suggestions;
