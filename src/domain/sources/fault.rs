//! What is wrong with a message of a device.

/// What is wrong with a message of a device.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// It is not UTF-8.
    #[error("it is not text")]
    NotText,
    /// It is not JSON, and where that shows.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// There is nothing at the place where the number should be.
    #[error("there is nothing at `{0}`")]
    Missing(String),
    /// There is `null` at the place where the number should be.
    #[error("there is no value at `{0}`")]
    Empty(String),
    /// What is there is not a number.
    #[error("`{0}` is not a number")]
    NotANumber(String),
    /// What is there is neither on nor off.
    #[error("`{0}` is neither on nor off")]
    NotAFlag(String),
}
