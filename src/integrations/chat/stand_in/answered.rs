//! What only one person sees, and who may be answered so.

/// A button: what it says, and what comes back.
pub(super) type Buttons = Vec<(String, String)>;

/// An answer that only one person sees.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) whose: String,
    pub(super) text: String,
    pub(super) buttons: Buttons,
    /// Whether another one took its place.
    pub(super) gone: bool,
}

/// Somebody who typed or pressed something, and may be answered.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) whose: String,
    pub(super) uses: u8,
    /// The answer below which they pressed.
    pub(super) below: Option<usize>,
}
