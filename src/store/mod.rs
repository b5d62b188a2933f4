//! The truth: a git repository of JSON files, one commit a change.
//!
//! [`Store`] is an opened repository and [`Revision`] the records of one of its commits.
//! [`Store::apply`] is the only way in: it checks a change, commits it, and then brings the
//! checked-out files after it. Readers see commits only, so they never see half of a change.

mod apply;
mod author;
mod basis;
mod branch;
mod cache;
mod census;
mod changes;
mod commit;
mod commit_lines;
pub mod cores;
mod database;
mod draft;
mod durable;
mod error;
mod files;
mod find;
pub mod follow;
mod gather;
pub mod history;
mod index;
mod index_file;
mod index_trees;
mod init;
pub mod journal;
pub mod json;
mod key;
mod last_good;
mod lock;
mod member_folder;
mod move_branch;
mod objects;
mod open;
mod packs;
mod posted;
mod range;
mod raw_folder;
mod read_at;
mod records;
mod repair;
mod resolve;
mod revision;
pub mod roster;
mod source;
mod tree;
mod undo;
mod upkeep;
mod verdict;
pub mod watch;
mod working;
mod worktree;

pub use author::Author;
pub use census::Census;
pub use changes::{Changed, Delta};
pub use draft::Draft;
pub use error::{BranchState, Kind, StoreError};
pub use init::InitOptions;
pub use open::{Durability, Store};
pub use posted::Posted;
pub use revision::Revision;
pub use roster::Roster;
