//! The half of a door's hardware that opens.

/// Keeps something shut, or lets it be opened.
pub trait Strike: Send {
    /// Lets it be opened, until it is locked again.
    ///
    /// # Errors
    /// The hardware does not answer; it may be in either state.
    fn unlock(&mut self) -> Result<(), StrikeError>;

    /// Keeps it shut.
    ///
    /// # Errors
    /// The hardware does not answer; it may be in either state.
    fn lock(&mut self) -> Result<(), StrikeError>;
}

/// A strike that did not do what it was told.
#[derive(Debug, thiserror::Error)]
#[error("the strike at {device} does not answer: {why}")]
pub struct StrikeError {
    /// Which device, as the machine's configuration names it.
    pub device: String,
    /// What it or the system said.
    pub why: String,
}
