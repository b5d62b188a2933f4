//! What becomes of one field that may be empty.

/// Whether a field stays, is emptied, or gets a value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Field<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It gets this value.
    Set(T),
}

impl<T> Field<T> {
    /// Reads a pair of flags, `--parent 0042` and `--no-parent`; the value wins.
    #[must_use]
    pub fn of(value: Option<T>, clear: bool) -> Self {
        match value {
            Some(value) => Self::Set(value),
            None if clear => Self::Clear,
            None => Self::Keep,
        }
    }

    /// Returns what the field holds afterwards.
    #[must_use]
    pub fn over(self, former: Option<T>) -> Option<T> {
        match self {
            Self::Keep => former,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}
