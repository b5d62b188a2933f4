//! The state of the running program, in a file for whoever wants to see it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{disk::durable, domain::model::Slug, store::Store};

/// After this time without a sign of life, the program does not run.
const ALIVE: SignedDuration = SignedDuration::from_secs(120);

/// How often the file is written if only the time differs.
const SELDOM: SignedDuration = SignedDuration::from_secs(30);

/// The state of the program.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChatStatus {
    /// When it was started.
    pub started: Timestamp,
    /// When this was written.
    pub updated: Timestamp,
    /// The chats whose commands are heard.
    pub listening: Vec<Slug>,
    /// How much was posted since the start.
    pub posted: u64,
    /// What has not arrived yet.
    pub waiting: Vec<PostStatus>,
    /// What does not work, in words.
    pub trouble: Vec<String>,
}

/// A post that has not arrived yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PostStatus {
    /// The chat.
    pub chat: Slug,
    /// The channel, or that it is one person alone.
    pub place: String,
    /// When it was taken on.
    pub since: Timestamp,
    /// Why it was not posted yet.
    pub trouble: Option<String>,
}

impl ChatStatus {
    /// Tells whether the program was running a moment ago.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now.duration_since(self.updated).abs() <= ALIVE
    }
}

/// The file.
#[derive(Debug)]
pub struct StatusFile {
    path: PathBuf,
    last: Option<ChatStatus>,
}

impl StatusFile {
    /// Returns where it is: in the repository's own folder.
    #[must_use]
    pub fn path(store: &Store) -> PathBuf {
        store.dir().join("chat.json")
    }

    /// Reads what the program wrote; `None` if it wrote nothing that can be read.
    #[must_use]
    pub fn read(path: &Path) -> Option<ChatStatus> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Takes the file.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, last: None }
    }

    /// Writes it if anything but the time differs, and now and then.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn write(&mut self, status: ChatStatus) -> io::Result<()> {
        let same = self.last.as_ref().is_some_and(|last| {
            let soon = status.updated.duration_since(last.updated) < SELDOM;
            soon && ChatStatus { updated: last.updated, ..status.clone() } == *last
        });
        if same {
            return Ok(());
        }
        let mut bytes = serde_json::to_vec_pretty(&status)?;
        bytes.push(b'\n');
        durable::replace(&self.path, &self.path.with_extension("new"), &bytes)?;
        self.last = Some(status);
        Ok(())
    }
}
