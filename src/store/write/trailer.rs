//! The lines of a commit's message that are for machines.

/// Marks this program's commits, and describes the change.
pub(in crate::store) const TRAILER: &str = "Space-Change: ";

/// Begins the line of a message that lists the members whose numbers are in the subject.
pub(in crate::store) const MEMBERS: &str = "Space-Members: ";
