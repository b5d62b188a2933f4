//! An open repository: its branch, its author, its key, and where it was cloned from.

mod author;
mod branch;
mod clone;
mod commit;
mod elsewhere;
mod fetch_head;
mod foreign;
mod go_back;
mod hooks;
pub(in crate::store) mod key;
mod mirror;
pub(in crate::store) mod open;
mod resolve;
mod shared;
mod shared_mode;
mod stale_locks;
mod transfer_checks;
mod upkeep;
mod upstream;

pub use author::Author;
pub use clone::Remote;
pub use elsewhere::Shared;
pub use fetch_head::Fetched;
pub use mirror::{Mirror, Waiting};
pub use open::{Durability, Store};
pub(in crate::store) use upkeep::ENVIRONMENT;
pub use upstream::{Apart, Upstream};
