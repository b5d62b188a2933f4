//! Who is the author of what somebody does for themselves: they, by number.

use crate::{domain::model::MemberId, store::Author};

/// Returns a member as an author; a name and an address would stay in the history for ever.
#[must_use]
pub fn of(id: MemberId) -> Author {
    Author { name: id.to_string(), email: format!("{id}@member.invalid") }
}
