//! The change of one field that may be empty.

/// Whether a field stays the same, is cleared, or gets a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Field<T> {
    /// It stays the same.
    #[default]
    Keep,
    /// It is cleared.
    Clear,
    /// It gets this value.
    Set(T),
}

impl<T> Field<T> {
    /// Reads a pair of flags such as `--parent 0042` and `--no-parent`; the value wins.
    #[must_use]
    pub fn of(value: Option<T>, clear: bool) -> Self {
        match value {
            Some(value) => Self::Set(value),
            None if clear => Self::Clear,
            None => Self::Keep,
        }
    }

    /// Returns the change from a value that was shown to the one that is wanted.
    #[must_use]
    pub fn changed(wanted: Option<T>, shown: Option<T>) -> Self
    where
        T: PartialEq,
    {
        if wanted == shown { Self::Keep } else { Self::of(wanted, true) }
    }

    /// Returns the value after the change.
    #[must_use]
    pub fn apply_to(self, former: Option<T>) -> Option<T> {
        match self {
            Self::Keep => former,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}
