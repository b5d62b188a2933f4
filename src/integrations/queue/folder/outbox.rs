//! Writes messages into a folder: all of them on the disk before the first has its name, and one
//! flush for all.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Once,
};

use super::{aside::Aside, name};
use crate::{
    disk::durable,
    integrations::queue::{Outgoing, QueueError},
};

/// The permissions of a message, further restricted by the umask: the group may be the one of the
/// membership system.
const MODE: u32 = 0o640;

/// A folder that messages go out through.
#[derive(Debug)]
pub(super) struct Outbox {
    path: PathBuf,
    drafts: Aside,
    cleared: Once,
}

impl Outbox {
    /// Takes a folder.
    pub(super) fn new(path: PathBuf) -> Self {
        let drafts = Aside::new(path.clone(), ".new-");
        Self { path, drafts, cleared: Once::new() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Tests whether files can be written, by creating the folder for drafts.
    pub(super) fn probe(&self) -> Result<(), QueueError> {
        self.ready().map(drop).map_err(|error| QueueError::at(&self.path, &error))
    }

    /// Writes messages; each is there as a whole or not at all. Sent again, it is the same file.
    pub(super) fn send(&self, messages: &[Outgoing]) -> Vec<Result<(), QueueError>> {
        let check = |it: &Outgoing| it.check().map_err(QueueError::Refused);
        let mut results: Vec<_> = messages.iter().map(check).collect();
        let good = messages.iter().zip(&results).filter(|(_, result)| result.is_ok());
        let good: Vec<&Outgoing> = good.map(|(message, _)| message).collect();
        if let Err(error) = self.write(&good) {
            let failed = QueueError::at(&self.path, &error);
            results.iter_mut().filter(|it| it.is_ok()).for_each(|it| *it = Err(failed.clone()));
        }
        results
    }

    fn write(&self, messages: &[&Outgoing]) -> io::Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        let folder = self.ready()?;
        let mut drafts = Vec::with_capacity(messages.len());
        for message in messages {
            let name = name::of(&message.id, &message.group);
            let draft = folder.join(&name);
            durable::create(&draft, MODE)?.write_all(message.body.as_bytes())?;
            drafts.push((draft, self.path.join(name)));
        }
        let paths: Vec<PathBuf> = drafts.iter().map(|(draft, _)| draft.clone()).collect();
        durable::write_back(&paths)?;
        for (draft, path) in &drafts {
            // The same id twice in one call is one file, which already has its name.
            match fs::rename(draft, path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.exists() => {}
                done => done?,
            }
        }
        match drafts.last() {
            Some((_, last)) => match durable::flush(last) {
                // Somebody has taken it already.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    durable::flush_dir(&self.path)
                }
                done => done,
            },
            None => Ok(()),
        }
    }

    /// Returns the folder for drafts. Drafts of a process that was killed are of no use: what it did
    /// not send is sent again.
    fn ready(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.path)?;
        let mut done = Ok(());
        self.cleared.call_once(|| done = self.drafts.clear(|path, _| durable::remove(path)));
        done?;
        self.drafts.own()
    }
}
