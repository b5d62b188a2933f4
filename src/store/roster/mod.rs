//! All members at once, for lists and for questions about all of them.

pub(in crate::store) mod folder;
mod kept;
mod known;
mod look_up;
mod obscured;
mod parts;
mod snapshot;
mod whole;

pub(in crate::store) use kept::{Kept, Shelved};
pub(in crate::store) use parts::{Born, Notices, Payments};
pub(in crate::store) use snapshot::Snapshot;
pub use whole::Roster;
