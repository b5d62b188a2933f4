//! How much of a commit has to be readable.

/// Whether a commit comes into force only as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    Whole,
    /// What is damaged grants nothing.
    Part,
}
