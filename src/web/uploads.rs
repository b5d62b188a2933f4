//! Files that somebody sent and has not decided on yet, in memory and not for long.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::app::payment::import::StatementFile;

/// How long a file is kept.
const KEPT: SignedDuration = SignedDuration::from_mins(30);

/// How many are kept, and how many bytes in all; the oldest go first.
const MOST: usize = 8;
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// What was sent, newest last.
#[derive(Default)]
pub(super) struct Uploads(VecDeque<Upload>);

struct Upload {
    id: String,
    login: String,
    at: Timestamp,
    files: Vec<StatementFile>,
}

impl Upload {
    fn bytes(&self) -> usize {
        self.files.iter().map(|it| it.bytes.len()).sum()
    }
}

impl Uploads {
    /// Keeps files of a login, and returns the id that nobody can guess.
    pub(super) fn keep(
        &mut self,
        login: &str,
        files: Vec<StatementFile>,
        now: Timestamp,
    ) -> String {
        let id = uuid::Uuid::new_v4().simple().to_string();
        self.0.retain(|it| is_fresh(it.at, now));
        self.0.push_back(Upload { id: id.clone(), login: login.to_owned(), at: now, files });
        while self.0.len() > MOST || self.0.iter().map(Upload::bytes).sum::<usize>() > MOST_BYTES {
            self.0.pop_front();
        }
        id
    }

    /// Returns the files of a login.
    pub(super) fn get(&self, login: &str, id: &str, now: Timestamp) -> Option<Vec<StatementFile>> {
        let found = self.0.iter().find(|it| it.id == id && it.login == login);
        found.filter(|it| is_fresh(it.at, now)).map(|it| it.files.clone())
    }

    /// Forgets the files.
    pub(super) fn forget(&mut self, id: &str) {
        self.0.retain(|it| it.id != id);
    }
}

/// Tells whether a moment was a short while ago; not if the clock was set back since.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(at);
    age >= SignedDuration::ZERO && age < KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-01-15T18:00:00Z".parse().unwrap()
    }

    fn file(bytes: usize) -> Vec<StatementFile> {
        vec![StatementFile { name: "a.csv".into(), bytes: vec![0; bytes] }]
    }

    #[test]
    fn a_file_is_for_its_sender_and_for_a_while() {
        let mut uploads = Uploads::default();
        let id = uploads.keep("ada", file(1), now());
        assert_eq!(uploads.get("ada", &id, now()), Some(file(1)));
        assert_eq!(uploads.get("bob", &id, now()), None);
        assert_eq!(uploads.get("ada", &id, now() + KEPT), None);
        uploads.forget(&id);
        assert_eq!(uploads.get("ada", &id, now()), None);
    }

    #[test]
    fn memory_is_bounded() {
        let mut uploads = Uploads::default();
        let first = uploads.keep("ada", file(MOST_BYTES / 2), now());
        uploads.keep("ada", file(MOST_BYTES / 2 + 1), now());
        assert_eq!(uploads.get("ada", &first, now()), None);
        (0..2 * MOST).for_each(|_| drop(uploads.keep("ada", file(1), now())));
        assert_eq!(uploads.0.len(), MOST);
    }
}
