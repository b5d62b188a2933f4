//! The truth: a git repository of JSON files, one commit a change.
//!
//! [`Store`] is an opened repository and [`Revision`] the records of one of its commits.
//! [`Store::apply`] is the only way in: it checks a change, commits it, and then brings the
//! checked-out files after it. Readers see commits only, so they never see half of a change.

mod disk;
mod error;
pub mod follow;
pub mod history;
pub mod journal;
pub mod json;
mod named;
mod newer;
mod objects;
mod outbox;
pub mod parallel;
mod read;
mod repository;
pub mod roster;
mod write;

pub use error::{BranchState, Kind, StoreError};
pub use objects::compare::Changed;
pub use outbox::Posted;
pub use read::{Census, Delta, Draft, Revision};
pub use repository::{Author, Durability, Store};
pub use roster::Roster;
pub use write::{Applied, InitOptions};
