//! The only way to write: a change is checked, committed, and then shown in the checked-out files.

pub(in crate::store) mod apply;
pub(in crate::store) mod brake;
mod can_write;
pub(in crate::store) mod commit;
pub(in crate::store) mod index;
mod init;
mod lately;
mod move_branch;
mod persist;
mod repair;
pub(in crate::store) mod trailer;
pub(in crate::store) mod worktree;

pub use apply::Applied;
pub use init::InitOptions;
