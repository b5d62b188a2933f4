//! What people give to commands: words that a shell completes, and answers at the terminal.

pub(super) mod completion;
pub(super) mod prompt;
