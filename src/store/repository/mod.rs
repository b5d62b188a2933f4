//! An open repository: its branch, its author, its key, and where it was cloned from.

mod author;
mod branch;
mod clone;
mod commit;
pub(in crate::store) mod key;
pub(in crate::store) mod open;
mod resolve;
mod transfer_checks;
mod upkeep;
mod upstream;

pub use author::Author;
pub use clone::Remote;
pub use open::{Durability, Store};
pub use upstream::{Apart, Fetched, Upstream};
