//! What a door remembers of the time: its journal, the newest commit, and what was put aside.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{clockwork::Clockwork, timekeeper::SLACK};
use crate::{
    domain::model::Activity,
    store::{
        StoreError,
        journal::{Aside, Filter, Tail},
    },
};

/// How far back a journal is read when a door starts: as far as an index reaches.
const BACK: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// Where a door's memory of the time lies.
#[derive(Debug)]
pub struct Memory {
    dir: PathBuf,
    journal: PathBuf,
    aside: Aside,
    /// Whether this is a rehearsal, which learns from others and teaches nobody.
    rehearsal: bool,
}

impl Memory {
    /// Opens it, given the folder for what is not in the history and that of the journals.
    #[must_use]
    pub fn open(dir: &Path, journal: &Path, rehearsal: bool) -> Self {
        let (aside, journal) = (Aside::read(dir), journal.to_owned());
        Self { dir: dir.to_owned(), journal, aside, rehearsal }
    }

    /// Reads who was let in lately, and lets the clock know what time it must be at the least.
    pub(super) fn recall(&self, clock: &Clockwork) -> Vec<Activity> {
        // What cannot be read is no reason not to open; the journal will complain by itself.
        let from = clock.now().checked_sub(BACK).ok();
        let lately = Filter { from, ..Filter::default() };
        let all = Tail::new(self.journal.clone(), lately).poll().unwrap_or_default().0;
        let own = |it: &Activity| self.rehearsal || !it.rehearsal;
        let past: Vec<Activity> = all.into_iter().filter(own).collect();
        let counts = |it: &&Activity| {
            !it.doubted && (self.rehearsal || it.teaches()) && !self.aside.has(it.time)
        };
        past.iter().filter(counts).for_each(|it| clock.learn(it.time));
        past
    }

    /// Lets the clock know when the newest commit says it was made, unless that was put aside.
    pub(super) fn heed(&self, commit: Timestamp, clock: &Clockwork) {
        let counts = !self.aside.has(commit);
        clock.learn_commit(if counts { commit } else { Timestamp::UNIX_EPOCH });
    }

    /// Puts everything aside that is later than a clock shows that is right, and returns how much
    /// that was.
    ///
    /// # Errors
    /// The journal cannot be read, or it cannot be written down.
    pub fn put_aside(
        &mut self,
        shows: Timestamp,
        commit: Option<Timestamp>,
        by: &str,
    ) -> Result<usize, StoreError> {
        let later = shows.checked_add(SLACK).unwrap_or(shows);
        let mut moments = self.aside.counting(&self.journal, later)?;
        if !self.rehearsal {
            self.aside.put(&self.dir, &moments, shows, by)?;
        }
        // Apart from the others, so that what lies between stays in force.
        let commit = commit.filter(|it| *it > later && !self.aside.has(*it));
        if let Some(commit) = commit.filter(|_| !self.rehearsal) {
            self.aside.put(&self.dir, &[commit], shows, by)?;
        }
        moments.extend(commit);
        Ok(moments.len())
    }
}
