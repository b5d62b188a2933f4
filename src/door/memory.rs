//! What a door knows about the time: its journal, the newest commit, and what was overruled.

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
const LOOK_BACK: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// The sources of what a door knows about the time.
#[derive(Debug)]
pub struct Memory {
    dir: PathBuf,
    journal: PathBuf,
    aside: Aside,
    /// Whether this is a rehearsal, which uses this knowledge but must not change it.
    rehearsal: bool,
}

impl Memory {
    /// Opens it, given the folder for data outside the history and that of the journals.
    #[must_use]
    pub fn open(dir: &Path, journal: &Path, rehearsal: bool) -> Self {
        let (aside, journal) = (Aside::read(dir), journal.to_owned());
        Self { dir: dir.to_owned(), journal, aside, rehearsal }
    }

    /// Reads the recent activities, and tells the clock the earliest possible time.
    pub(super) fn recall(&self, clock: &Clockwork) -> Vec<Activity> {
        // An unreadable journal is no reason not to open; the journal will report it itself.
        let from = clock.now().checked_sub(LOOK_BACK).ok();
        let lately = Filter { from, ..Filter::default() };
        let activities = Tail::new(self.journal.clone(), lately).poll().unwrap_or_default().0;
        let is_own = |it: &Activity| self.rehearsal || !it.rehearsal;
        let past: Vec<Activity> = activities.into_iter().filter(is_own).collect();
        let counts = |it: &&Activity| {
            !it.doubted
                && (self.rehearsal || it.has_reliable_time())
                && !self.aside.contains(it.time)
        };
        past.iter().filter(counts).for_each(|it| clock.learn(it.time));
        past
    }

    /// Tells the clock the date of the newest commit, unless that was overruled.
    pub(super) fn learn_commit(&self, commit: Timestamp, clock: &Clockwork) {
        let counts = !self.aside.contains(commit);
        clock.learn_commit(if counts { commit } else { Timestamp::UNIX_EPOCH });
    }

    /// Overrules everything remembered that is later than what a trusted clock shows, and returns
    /// how much that is.
    ///
    /// # Errors
    /// The journal cannot be read, or the result cannot be saved.
    pub fn put_aside(
        &mut self,
        shows: Timestamp,
        commit: Option<Timestamp>,
        by: &str,
    ) -> Result<usize, StoreError> {
        let later = shows.checked_add(SLACK).unwrap_or(shows);
        let mut moments = self.aside.still_counting(&self.journal, later)?;
        if !self.rehearsal {
            self.aside.put(&self.dir, &moments, shows, by)?;
        }
        // Apart from the others, so that what lies between stays in force.
        let commit = commit.filter(|it| *it > later && !self.aside.contains(*it));
        if let Some(commit) = commit.filter(|_| !self.rehearsal) {
            self.aside.put(&self.dir, &[commit], shows, by)?;
        }
        moments.extend(commit);
        Ok(moments.len())
    }
}
