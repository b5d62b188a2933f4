//! An opened repository: its branch, its author, its key.

mod author;
mod branch;
mod commit;
mod guard;
pub(in crate::store) mod key;
pub(in crate::store) mod open;
mod resolve;
mod upkeep;

pub use author::Author;
pub use open::{Durability, Store};
