//! An open repository: its branch, its author, its key, and where it was cloned from.

mod author;
mod branch;
mod clone;
mod commit;
mod fetched;
mod guard;
pub(in crate::store) mod key;
mod mirror;
pub(in crate::store) mod open;
mod resolve;
mod upkeep;
mod upstream;

pub use author::Author;
pub use clone::Remote;
pub use fetched::Fetched;
pub use open::{Durability, Store};
pub use upstream::{Apart, Mirror, Upstream, Waiting};
