//! What a door is told when it starts.

use std::{fmt, io::Read, path::PathBuf};

use crate::{
    config::Config,
    domain::model::{Advice, Slug},
};

/// How a door is to run.
pub struct Options {
    /// The space's folder, or one in it.
    pub space: PathBuf,
    /// What hangs on this machine; nothing is a simulated door for every facility.
    pub config: Config,
    /// The facilities to serve where no doors are configured; all if empty.
    pub facilities: Vec<Slug>,
    /// How long a door without wires stays unlocked after a grant, in seconds.
    pub unlock_seconds: u32,
    /// Where readings are typed, if anywhere; the door ends when this does.
    pub terminal: Option<Box<dyn Read + Send>>,
    /// The socket by which the door is operated, if it is wanted.
    pub socket: Option<PathBuf>,
    /// How to show what happens.
    pub show: Show,
    /// How to say what can be done about it.
    pub words: fn(&Advice) -> String,
}

/// How to show what happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    /// In words, for a person.
    Words {
        /// Whether the words are coloured.
        colour: bool,
    },
    /// In words, for the system's journal: it adds the time, and is told how grave a line is.
    Log,
    /// As JSON, an object a line.
    Json,
}

impl Options {
    /// Makes a door that serves every facility, with no socket, shown in plain words; `words` say
    /// what can be done.
    #[must_use]
    pub fn new(space: impl Into<PathBuf>, words: fn(&Advice) -> String) -> Self {
        Self {
            space: space.into(),
            config: Config::default(),
            facilities: Vec::new(),
            unlock_seconds: crate::config::Door::UNLOCK_SECONDS,
            terminal: None,
            socket: None,
            show: Show::Words { colour: false },
            words,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("space", &self.space)
            .field("config", &self.config)
            .field("facilities", &self.facilities)
            .field("terminal", &self.terminal.is_some())
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}
