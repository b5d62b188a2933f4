//! What to go by if the newest commit cannot be used when a process starts.

use jiff::Timestamp;

use super::{
    demand::Demand,
    follower::{Follower, News},
    refusal::Refusal,
};

/// How many commits back to look for one that can be put in force, and how many of them to try.
const MAX_BACK: usize = 10_000;
const MAX_TRIES: usize = 64;

impl Follower {
    /// Puts the newest commit in force before an odd one, so that a process that starts anew puts
    /// the same commit in force as one that was already running.
    pub(super) fn fall_back(&mut self, refusal: &Refusal, now: Timestamp) -> Option<News> {
        let Refusal::Odd(finding) = refusal else { return None };
        let mut odd = vec![finding.path.clone()];
        let store = self.store().ok()?;
        let head = store.head().ok()?;
        let mut tried = 0;
        for commit in store.ancestors(head, MAX_BACK) {
            // As long as the folder is the same it is as odd.
            if odd.iter().any(|path| !store.differ_at(head, commit, path)) {
                continue;
            }
            match self.compile(commit, Demand::Part, now) {
                Ok(news) => return Some(news),
                Err(Refusal::Odd(finding)) if tried < MAX_TRIES => odd.push(finding.path),
                Err(_) => return None,
            }
            tried += 1;
        }
        None
    }

    /// Finds something to go by at the start if the newest commit cannot be read: what was in force
    /// before, or where the branch was before. In a door's clone, that is also where the branch goes
    /// back to, so that the next fetch brings again what was lost.
    pub(super) fn make_do(&mut self, refusal: &Refusal, now: Timestamp) -> Option<News> {
        if !self.mends || matches!(refusal, Refusal::Odd(_)) {
            return None;
        }
        let store = self.store().ok()?;
        let newest = store.head().ok();
        for commit in store.known_good(newest) {
            if let Ok(news) = self.compile(commit, Demand::Whole, now) {
                let mended = store.go_back_to(commit);
                // What cannot be mended is read as far as it goes, and told either way.
                drop(mended);
                return Some(news);
            }
        }
        let first = store.noted_in_force().is_none();
        let news = self.go_by_copy(now).or_else(|| {
            let news = self.compile(newest?, Demand::Part, now).ok()?;
            self.in_part = true;
            Some(news)
        });
        if first {
            drop(store.start_over()); // what is left to do is told either way
        }
        news
    }
}
