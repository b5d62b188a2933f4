//! A derived file of all members, for large spaces.

use super::{Revision, Roster};

/// Loads all members.
pub(super) fn load(revision: &Revision<'_>) -> Roster {
    let (members, findings) = revision.members(|folder| folder);
    Roster::new(members, findings)
}
