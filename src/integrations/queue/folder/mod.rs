//! Exchanges messages as files: one JSON file a message, in a folder for each direction or in one for
//! both.
//!
//! Whoever writes a file here gives it its name, `….json`, by renaming it, and files are read in the
//! order of their names. A file is received where it lies, and removed when it is deleted: whatever
//! happens to the program in between, the message is still there. In `0001@doors.json`, the group is
//! `doors`.

mod aside;
mod file;
mod inbox;
mod name;
mod outbox;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use self::{inbox::Inbox, outbox::Outbox};
use super::{Incoming, Outgoing, Queue, QueueError, Receipt, flight::HIDDEN};

/// Which folders, and how patient to be.
#[derive(Clone, Debug)]
pub struct FolderOptions {
    /// Where messages come in.
    pub incoming: PathBuf,
    /// Where messages go out; it may be the same folder.
    pub outgoing: PathBuf,
    /// For how long a message that was received is hidden, unless it is left.
    pub hidden: Duration,
    /// For how long a file that is not whole JSON must stay unchanged until it is received all the
    /// same: somebody may still be writing it.
    pub settle: Duration,
}

impl FolderOptions {
    /// Takes two folders, with the usual patience.
    #[must_use]
    pub const fn new(incoming: PathBuf, outgoing: PathBuf) -> Self {
        Self { incoming, outgoing, hidden: HIDDEN, settle: Duration::from_secs(2) }
    }
}

/// Folders of messages. They are created when they are first used.
#[derive(Debug)]
pub struct Folder {
    inbox: Inbox,
    outbox: Outbox,
}

impl Folder {
    /// Takes the folders.
    #[must_use]
    pub fn new(options: FolderOptions) -> Self {
        let FolderOptions { incoming, outgoing, hidden, settle } = options;
        Self { inbox: Inbox::new(incoming, hidden, settle), outbox: Outbox::new(outgoing) }
    }
}

impl Queue for Folder {
    fn place(&self) -> String {
        let (incoming, outgoing) = (self.inbox.path().display(), self.outbox.path().display());
        match self.inbox.path() == self.outbox.path() {
            true => format!("folder {incoming}"),
            false => format!("folders {incoming} and {outgoing}"),
        }
    }

    fn batch(&self) -> usize {
        // Each call flushes the disk once.
        4000
    }

    fn probe(&self) -> Result<(), QueueError> {
        self.inbox.probe()?;
        self.outbox.probe()
    }

    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let began = Instant::now();
        loop {
            let rung = self.inbox.watch();
            let look = self.inbox.look(most)?;
            let left = wait.saturating_sub(began.elapsed());
            if !look.found.is_empty() {
                return Ok(look.found);
            }
            if left.is_zero() {
                return look.trouble.map_or(Ok(Vec::new()), Err);
            }
            self.inbox.wait(rung, look.next.map_or(left, |next| next.min(left)));
        }
    }

    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        receipts.iter().map(|receipt| self.inbox.delete(&receipt.0)).collect()
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        self.inbox.leave(receipts.iter().map(|it| it.0.as_str()));
        vec![Ok(()); receipts.len()]
    }

    fn send(&self, messages: &[Outgoing], _: Timestamp) -> Vec<Result<(), QueueError>> {
        self.outbox.send(messages)
    }
}
