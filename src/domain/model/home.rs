//! In whose folder a record lies.

use super::{MemberId, Slug};

/// In whose folder a record lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Home<'a> {
    /// In none: it belongs to the space.
    Space,
    /// In a facility's.
    Facility(&'a Slug),
    /// In a member's.
    Member(MemberId),
}
