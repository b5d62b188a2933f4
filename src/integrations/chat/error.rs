//! Why a chat does not do what it is asked.

/// What went wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChatError {
    /// It does not let us in: somebody has to mend that.
    #[error("{0}")]
    Denied(String),
    /// It answered that this cannot be.
    #[error("{0}")]
    Refused(String),
    /// It is asked too often, and nothing happened.
    #[error("the chat is asked too often; it wants {seconds} seconds of silence")]
    Busy {
        /// For how long it wants to be left alone.
        seconds: u64,
    },
    /// It does not answer, or not as it should: whether it happened is not known.
    #[error("{0}")]
    Down(String),
}
