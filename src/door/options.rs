//! The options of a door.

use std::{fmt, io::Read, path::PathBuf};

use crate::{
    config::Config,
    domain::model::{Advice, Slug},
    service::Show,
};

/// How to run a door.
pub struct Options {
    /// The space's folder, or a folder inside it.
    pub space: PathBuf,
    /// The devices and doors of this machine; if empty, every facility gets a simulated door.
    pub config: Config,
    /// The facilities to serve if no doors are configured; if empty, all.
    pub facilities: Vec<Slug>,
    /// How long a simulated door stays unlocked after a grant, in seconds.
    pub unlock_seconds: u32,
    /// Where readings are typed, if anywhere; the door ends when this does.
    pub terminal: Option<Box<dyn Read + Send>>,
    /// The socket for operating the door, if wanted.
    pub socket: Option<PathBuf>,
    /// How to show what happens.
    pub show: Show,
    /// How to put advice into words.
    pub words: fn(&Advice) -> String,
}

impl Options {
    /// Makes a door that serves every facility, without a socket, shown in plain words; `words`
    /// puts advice into words.
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
