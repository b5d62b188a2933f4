//! Letters that were handed over but are not yet committed, and the commit up to which the history
//! was searched for occasions.
//!
//! While letters go out, the file is only appended to, one flushed line per notice, so that
//! however the sender ends, nobody gets a letter twice. It is started afresh once everything in it
//! is committed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::PathBuf,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::{model::CommitId, ops::notice::FinishedNotice};
use crate::store::{
    Store, StoreError,
    disk::durable,
    disk::lock::Lock,
    disk::{io_at, private_dir},
};

/// What the last sender left behind; opened for sending, it holds the right to send until dropped.
#[derive(Debug)]
pub struct OutboxState {
    path: PathBuf,
    file: Option<File>,
    through: Option<CommitId>,
    sent: Vec<FinishedNotice>,
    _lock: Option<Lock>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// Everything up to this commit was announced.
    Through(CommitId),
    /// This letter was handed over.
    Sent(FinishedNotice),
}

impl Store {
    /// Takes the right to send this space's letters, which one process has at a time.
    ///
    /// # Errors
    /// Another process is sending, or the file cannot be read.
    pub fn open_outbox(&self, now: Timestamp) -> Result<OutboxState, StoreError> {
        let lock = Lock::acquire_named(self.dir(), "notices.lock", "notice.send", now)?;
        Ok(OutboxState { _lock: Some(lock), ..self.read_outbox()? })
    }

    /// Reads what the last sender left behind, without taking the right to send.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read_outbox(&self) -> Result<OutboxState, StoreError> {
        let path = self.dir().join("notices");
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        let (mut through, mut sent) = (None, Vec::new());
        // A line torn by a power cut is about a letter that may not have gone out.
        for line in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            match line {
                Line::Through(commit) => through = Some(commit),
                Line::Sent(letter) => sent.push(letter),
            }
        }
        Ok(OutboxState { path, file: None, through, sent, _lock: None })
    }
}

impl OutboxState {
    /// Returns the commit up to which everything was announced, if recorded.
    #[must_use]
    pub const fn through(&self) -> Option<CommitId> {
        self.through
    }

    /// Returns the letters handed over but not yet committed.
    #[must_use]
    pub fn sent(&self) -> &[FinishedNotice] {
        &self.sent
    }

    /// Records that a letter about all this was handed over; it is flushed before this returns.
    ///
    /// # Errors
    /// The system reported an error.
    pub fn record_sent(&mut self, about: Vec<FinishedNotice>) -> Result<(), StoreError> {
        let mut bytes = Vec::with_capacity(256);
        // Ends a torn line of an earlier sender.
        if self.file.is_none() {
            bytes.push(b'\n');
        }
        for notice in &about {
            let line = Line::Sent(notice.clone());
            serde_json::to_writer(&mut bytes, &line)
                .expect("it has text keys and no failing parts");
            bytes.push(b'\n');
        }
        let write = |posted: &mut Self| {
            let file = match &mut posted.file {
                Some(file) => file,
                none => none.insert(open(posted.path.parent(), &posted.path)?),
            };
            file.write_all(&bytes)?;
            file.sync_data()
        };
        write(self).map_err(io_at(&self.path))?;
        self.sent.extend(about);
        Ok(())
    }

    /// Starts afresh, now that every letter handed over is committed; `through` is the commit up
    /// to which everything was announced.
    ///
    /// # Errors
    /// The system reported an error; the file is unchanged then.
    pub fn clear(&mut self, through: Option<CommitId>) -> Result<(), StoreError> {
        let mut bytes = Vec::new();
        if let Some(commit) = through {
            let line = Line::Through(commit);
            serde_json::to_writer(&mut bytes, &line)
                .expect("it has text keys and no failing parts");
            bytes.push(b'\n');
        }
        let write = || {
            if let Some(dir) = self.path.parent() {
                private_dir(dir)?;
            }
            durable::keep(&self.path, &bytes)
        };
        write().map_err(io_at(&self.path))?;
        (self.file, self.through) = (None, through);
        self.sent.clear();
        Ok(())
    }
}

fn open(dir: Option<&std::path::Path>, path: &std::path::Path) -> io::Result<File> {
    if let Some(dir) = dir {
        private_dir(dir)?;
    }
    OpenOptions::new().append(true).create(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::model::NoticeKind, store::ErrorKind};

    fn letter(occasion: &str) -> FinishedNotice {
        let at = Timestamp::UNIX_EPOCH;
        let kind = NoticeKind::Reminder;
        FinishedNotice {
            member: "0042".parse().ok(),
            kind,
            occasion: occasion.into(),
            at,
            failed: None,
        }
    }

    fn space() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        (dir, Store::from_repository(repo))
    }

    #[test]
    fn letters_sent_are_known_after_a_crash_except_a_torn_line() {
        let (_dir, store) = space();
        let now = Timestamp::UNIX_EPOCH;
        let mut post = store.open_outbox(now).unwrap();
        post.record_sent(vec![letter("a")]).unwrap();
        post.record_sent(vec![letter("b")]).unwrap();
        drop(post);
        let path = store.dir().join("notices");
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 9);
        fs::write(&path, bytes).unwrap();
        let mut post = store.open_outbox(now).unwrap();
        assert_eq!(post.sent(), [letter("a")]);
        post.record_sent(vec![letter("c")]).unwrap();
        drop(post);
        let mut post = store.open_outbox(now).unwrap();
        assert_eq!(post.sent(), [letter("a"), letter("c")]);
        let commit = CommitId::from_bytes([7; 20]);
        post.clear(Some(commit)).unwrap();
        assert_eq!((post.sent(), post.through()), (&[][..], Some(commit)));
        post.record_sent(vec![letter("d")]).unwrap();
        let read = store.read_outbox().unwrap();
        assert_eq!((read.sent(), read.through()), (&[letter("d")][..], Some(commit)));
    }

    #[test]
    fn one_sends_at_a_time() {
        let (_dir, store) = space();
        let _post = store.open_outbox(Timestamp::UNIX_EPOCH).unwrap();
        let error = store.open_outbox(Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Busy, "{error}");
        assert!(error.to_string().contains("notice.send"), "{error}");
    }
}
