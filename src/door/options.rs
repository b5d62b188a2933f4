//! What a door is told when it starts.

use std::{fmt, io::Read, path::PathBuf};

use crate::domain::model::Slug;

/// How a door is to run.
pub struct Options {
    /// The space's folder, or one in it.
    pub space: PathBuf,
    /// The facilities to serve; all if empty.
    pub facilities: Vec<Slug>,
    /// How long a strike stays unlocked after a grant, in seconds.
    pub unlock_seconds: u16,
    /// Where readings are typed, if anywhere; the door ends when this does.
    pub terminal: Option<Box<dyn Read + Send>>,
    /// The path of the simulator's socket, if it is wanted.
    pub socket: Option<PathBuf>,
    /// How to show what happens.
    pub show: Show,
}

/// How to show what happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    /// In words, for a person.
    Words {
        /// Whether the words are coloured.
        colour: bool,
    },
    /// As JSON, an object a line.
    Json,
}

impl Options {
    /// How long a strike stays unlocked unless somebody says otherwise, in seconds.
    pub const UNLOCK_SECONDS: u16 = 5;

    /// Makes a door that serves every facility, with no simulator, shown in plain words.
    #[must_use]
    pub fn new(space: impl Into<PathBuf>) -> Self {
        Self {
            space: space.into(),
            facilities: Vec::new(),
            unlock_seconds: Self::UNLOCK_SECONDS,
            terminal: None,
            socket: None,
            show: Show::Words { colour: false },
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("space", &self.space)
            .field("facilities", &self.facilities)
            .field("terminal", &self.terminal.is_some())
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}
