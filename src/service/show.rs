//! How a program that runs for years shows what happens.

use std::io::IsTerminal as _;

/// How to show what happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    /// In words, for a person.
    Words {
        /// Whether the words are coloured.
        colour: bool,
    },
    /// In words, for the system's journal, which adds the time and gets the severity of each line.
    Log,
    /// As JSON, one object per line.
    Json,
}

impl Show {
    /// Tells whether the system's journal keeps what is shown.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::Log)
    }

    /// Chooses the way for whoever reads the standard output: a program, the system's journal or a
    /// person.
    #[must_use]
    pub fn on_output(json: bool, colour: bool) -> Self {
        // The service manager names its journal; then the output is a log, not a terminal.
        let logged = std::env::var_os("JOURNAL_STREAM").is_some();
        match (json, logged && !std::io::stdout().is_terminal()) {
            (true, _) => Self::Json,
            (false, true) => Self::Log,
            (false, false) => Self::Words { colour },
        }
    }
}
