//! The field of the metadata at a processor in which the member's reference stands.

/// Its name.
pub(super) const REFERENCE: &str = "reference";
