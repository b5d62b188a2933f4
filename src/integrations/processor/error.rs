//! Why a processor does not do what it is asked.

/// What went wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProcessorError {
    /// It does not let us in: somebody has to mend that.
    #[error("{0}")]
    Denied(String),
    /// It answered that this cannot be.
    #[error("{0}")]
    Refused(String),
    /// It does not answer, or is busy: whether it happened is not known.
    #[error("{0}")]
    Down(String),
}
