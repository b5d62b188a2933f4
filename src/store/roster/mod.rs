//! All members at once, for lists and for questions about all of them.

pub(in crate::store) mod folder;
mod look_up;
mod parts;
mod roster_cache;
mod roster_indexes;
mod salvage;
mod snapshot;
mod whole;

pub(in crate::store) use parts::{AddressHash, BirthMonth, Notices, Payments};
pub(in crate::store) use roster_cache::{CachedPart, RosterCache};
pub(in crate::store) use snapshot::{MemberPart, Snapshot};
pub use whole::Roster;
