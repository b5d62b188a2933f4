//! Whose folder a record lies in.

use super::{MemberId, Slug};

/// Whose folder a record lies in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Home<'a> {
    /// Nobody's: it belongs to the space.
    Space,
    /// A facility's.
    Facility(&'a Slug),
    /// A member's.
    Member(MemberId),
}
