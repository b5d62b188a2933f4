//! Whether a commit may be used at all: every folder with records is as git writes it, and none of
//! what a space may have too much of is too much. Gate and door ask this before anything else.
//!
//! A comparison sees the folders that differ alone, and the door reads none that decides nothing. So
//! the whole is looked at once, and from then on what differs from a tree that was in order.

use git2::Oid;

use crate::{
    domain::model::Finding,
    store::{
        Revision, Store,
        disk::cache,
        objects::{
            extent::Extent,
            record::damaged,
            survey::{Survey, SurveyFailure},
        },
    },
};

/// The name of its file below `cache/`.
const FILE: &str = "sound";

/// The file is rewritten if at least this many folders had to be read.
const WORTH_WRITING: u64 = 32;

impl Revision<'_> {
    /// Returns why this commit must not be used, if so: others may read something else than this
    /// program in one of its folders, or there is more in it than a space may have. No such commit
    /// is accepted or put in force.
    #[must_use]
    pub fn unsound(&self) -> Option<Finding> {
        let known = self.store.known_sound();
        if known.is_some_and(|(tree, _)| tree == self.tree) {
            return None;
        }
        let found = match Survey::of(self.database, known, self.tree) {
            // Somebody has cleaned up what was found at the last time.
            Err(SurveyFailure::Gone) => Survey::of(self.database, None, self.tree),
            found => found,
        };
        match found {
            Ok(survey) if !survey.lost => {
                self.store.keep_sound((self.tree, survey.extent), survey.now.folders);
                None
            }
            // What is missing may be on its way.
            Ok(_) | Err(SurveyFailure::Gone) => None,
            Err(SurveyFailure::Odd(torn)) => Some(damaged(torn.path, &torn.damage)),
            Err(SurveyFailure::Over(finding)) => Some(finding),
        }
    }
}

impl Store {
    fn known_sound(&self) -> Option<(Oid, Extent)> {
        let mut kept = self.sound();
        if kept.is_none() {
            let read: Option<(String, Extent)> = cache::read(&cache::path(self.dir(), FILE));
            *kept = read.and_then(|(tree, extent)| Some((tree.parse().ok()?, extent)));
        }
        *kept
    }

    fn keep_sound(&self, sound: (Oid, Extent), read: u64) {
        if self.uncommitted {
            return; // what is not committed has a tree that nobody finds again
        }
        *self.sound() = Some(sound);
        if read >= WORTH_WRITING {
            let (tree, extent) = sound;
            cache::write(&cache::path(self.dir(), FILE), &(tree.to_string(), extent));
        }
    }
}
