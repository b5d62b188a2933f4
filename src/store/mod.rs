//! The truth: a git repository of JSON files, one commit per change.
//!
//! [`Store`] is an open repository and [`Revision`] the records of one of its commits.
//! [`Store::apply`] is the only way to write: it checks a change, commits it, and then updates the
//! checked-out files. Readers see commits only, so they never see half a change.

mod applications;
mod backup;
mod branch_state;
mod confirmation;
mod disk;
mod error;
pub mod follow;
pub mod history;
pub mod journal;
pub mod json;
pub mod locked;
pub mod measurements;
mod named;
mod newer;
mod objects;
mod outbox;
pub mod parallel;
mod read;
mod repository;
pub mod reveals;
pub mod roster;
pub mod schema_link;
mod services;
mod sole;
mod sync;
pub mod tickets;
mod write;

pub use applications::Applications;
pub use backup::StateFile;
pub use branch_state::BranchState;
pub use error::{ErrorKind, StoreError};
pub use objects::compare::Changed;
pub use outbox::OutboxState;
pub use read::{Census, Delta, Draft, Revision, StoredText};
pub use repository::{
    Apart, Author, Durability, Fetched, Mirror, Remote, Shared, Store, Upstream, Waiting,
};
pub use roster::Roster;
pub use sole::Sole;
pub use sync::{FetchedTip, Joined, Outcome, Pushed, Sides, Waiting as WaitingQuestion, Who};
pub use write::{Applied, InitOptions};
