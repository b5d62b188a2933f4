//! How old the records in force are, and the copy of them that a door keeps for itself.

use std::io;

use jiff::Timestamp;

use super::{
    follower::{Follower, News},
    refusal::check_budget,
    window::window,
};
use crate::domain::access::Index;

impl Follower {
    /// Works out until when the records in force are known to have been current: a door knows no more
    /// than its last fetch, and only if what was fetched is in force.
    pub fn hear(&mut self, now: Timestamp) -> News {
        let in_force = self.in_step.unwrap_or(self.committed);
        let upstream = self.store().and_then(|store| store.upstream(&mut self.fetched));
        let heard = match upstream {
            Ok(Some(upstream)) if upstream.follows && !self.by_copy => {
                let heard = upstream.heard(now).or(self.heard);
                in_force.min(heard.unwrap_or(self.committed))
            }
            Ok(_) => in_force,
            Err(_) => self.heard.unwrap_or(in_force),
        };
        self.heard = Some(heard);
        News::Heard(heard)
    }

    /// Writes the copy of what is in force, if that is not what the last one was of.
    pub fn keep_copy(&mut self, now: Timestamp) {
        let (Some(copy), Some(index), Some(key)) = (&self.copy, &self.index, &self.key) else {
            return;
        };
        if !self.copy_is_old || self.by_copy || self.trouble.is_some() {
            return;
        }
        let (copy, commit, key) = (copy.clone(), index.commit(), key.clone());
        let News::Heard(heard) = self.hear(now) else { return };
        let Ok(store) = self.store() else { return };
        let written = store
            .read(commit)
            .map_err(io::Error::other)
            .and_then(|revision| copy.write(&revision, &key, heard));
        // Without a copy a door waits for its records, as it would without this.
        self.copy_is_old = written.is_err();
    }

    /// Puts the copy in force, if it is of what was in force last.
    pub(super) fn go_by_copy(&mut self, now: Timestamp) -> Option<News> {
        let (head, index) = self.copy.as_ref()?.open(window(now))?;
        let noted = self.store().ok().and_then(|store| store.noted_in_force());
        if noted.is_some_and(|commit| commit != head.commit) || check_budget(&index).is_err() {
            return None;
        }
        self.key = Some(head.key()?);
        (self.committed, self.in_step) = (head.committed, Some(head.heard));
        (self.heard, self.by_copy) = (Some(head.heard), true);
        Some(self.put_in_force(index, Vec::new()))
    }

    /// Compares the copy with what comes into force: one of something older must not outlive it.
    pub(super) fn judge_copy(&mut self, index: &Index) {
        let Some(copy) = self.copy.as_ref().filter(|_| !self.by_copy) else { return };
        let claims = copy.claims().filter(|(commit, _)| *commit == index.commit());
        if claims.is_none() {
            copy.retract();
        }
        // Its date is brought up to date with the index, once a day.
        self.copy_is_old = claims.is_none_or(|(_, heard)| heard < index.horizon().from);
    }
}
