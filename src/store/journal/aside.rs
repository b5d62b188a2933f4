//! Moments from the future that a journal or a commit remembers, and that were put aside.
//!
//! A rehearsal, or a clock that was wrong, may have left an activity of a year that is yet to come.
//! Whoever may operate the door can say that the clock is right; then such moments no longer teach
//! anybody what the time is. They stay where they are, and are named in a file of their own.

use std::{fs, path::Path};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Filter, Tail};
use crate::store::{
    StoreError,
    disk::{durable, io_at, private_dir},
};

/// The name of the file, in the folder for what is not in the history.
const FILE: &str = "clock-aside";

/// Moments that are put aside.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Aside(Vec<Span>);

/// From the first to the last of some moments, by whom and when they were put aside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
struct Span {
    from: Timestamp,
    until: Timestamp,
    at: Timestamp,
    by: String,
}

impl Aside {
    /// Reads what was put aside, given the folder for what is not in the history. A file that
    /// cannot be read puts nothing aside: then the clock is doubted, and somebody looks.
    #[must_use]
    pub fn read(dir: &Path) -> Self {
        let text = fs::read(dir.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Tells whether a moment is put aside.
    #[must_use]
    pub fn contains(&self, moment: Timestamp) -> bool {
        self.0.iter().any(|span| span.from <= moment && moment <= span.until)
    }

    /// Finds the moments of activities from some instant on that still count: neither of a
    /// rehearsal, nor in doubt, nor put aside.
    ///
    /// # Errors
    /// A journal cannot be read.
    pub fn still_counting(
        &self,
        journal: &Path,
        from: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError> {
        let later = Filter { from: Some(from), ..Filter::default() };
        let (all, _) = Tail::new(journal, later).poll()?;
        let counts = all.iter().filter(|it| it.has_reliable_time() && !self.contains(it.time));
        Ok(counts.map(|it| it.time).collect())
    }

    /// Puts moments aside, and writes that down.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(
        &mut self,
        dir: &Path,
        moments: &[Timestamp],
        at: Timestamp,
        by: &str,
    ) -> Result<(), StoreError> {
        let (Some(from), Some(until)) = (moments.iter().min(), moments.iter().max()) else {
            return Ok(());
        };
        self.0.push(Span { from: *from, until: *until, at, by: by.to_owned() });
        let path = dir.join(FILE);
        let bytes = serde_json::to_vec(self).expect("moments are plain data");
        private_dir(dir)
            .and_then(|()| durable::replace(&path, &path.with_extension("new"), &bytes))
            .map_err(io_at(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_aside_stays_so_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut aside = Aside::read(dir.path());
        let far = [at("2029-01-01T10:00:00Z"), at("2029-01-01T10:20:00Z")];
        aside.put(dir.path(), &far, at("2026-01-15T18:00:00Z"), "Ada").unwrap();
        aside.put(dir.path(), &[], at("2026-01-15T18:00:00Z"), "Ada").unwrap();
        assert_eq!(Aside::read(dir.path()), aside);
        for (moment, put) in [
            ("2026-01-20T00:00:00Z", false),
            ("2029-01-01T10:00:00Z", true),
            ("2029-01-01T10:20:00Z", true),
            ("2029-01-01T10:20:01Z", false),
        ] {
            assert_eq!(aside.contains(at(moment)), put, "{moment}");
        }
        fs::write(dir.path().join(FILE), "torn").unwrap();
        assert_eq!(Aside::read(dir.path()), Aside::default());
    }
}
