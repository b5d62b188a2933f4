//! A question about who may open what.

use std::path::Path;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::index_all;
use crate::{
    app::{
        AppError,
        in_force::{self, Evidence},
        look_up, records_age,
        when::local,
        zone,
    },
    domain::{
        access::Index,
        model::{CommitId, Slug},
    },
    store::{Revision, Store},
};

/// The question: facilities, by the records of a commit, at a moment.
#[derive(Debug)]
pub struct Question<'s> {
    /// The repository.
    pub store: &'s Store,
    /// The records of the commit.
    pub revision: Revision<'s>,
    /// The time zone of the space.
    pub zone: TimeZone,
    /// The moment.
    pub at: Timestamp,
    /// The facilities, in the order of the answers.
    pub facilities: Vec<Slug>,
    /// How it is known that this commit was in force then, if the moment is in the past.
    pub evidence: Option<Evidence>,
    /// How old the records are, if a door would go by them as they are here now.
    pub age: SignedDuration,
}

impl<'s> Question<'s> {
    /// Takes the records that were in force at a moment; for one that has not passed, the newest.
    ///
    /// # Errors
    /// Fails if the journals or the history cannot be read.
    pub fn new(
        store: &'s Store,
        journals: &Path,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        let known = if at >= now { None } else { in_force::at(store, journals, at)? };
        match known {
            Some((commit, evidence)) => Self::by(store, commit, Some(evidence), at),
            None => {
                let age = records_age::of(store, now);
                Ok(Self { age, ..Self::by(store, store.head()?, None, at)? })
            }
        }
    }

    /// Takes the records of a commit.
    ///
    /// # Errors
    /// Fails if it cannot be read.
    pub fn by(
        store: &'s Store,
        commit: CommitId,
        evidence: Option<Evidence>,
        at: Timestamp,
    ) -> Result<Self, AppError> {
        let revision = store.read(commit)?;
        let zone = zone::of(&revision)?;
        let facilities = revision.basis().0.facilities.into_keys().collect();
        Ok(Self { store, revision, zone, at, facilities, evidence, age: SignedDuration::ZERO })
    }

    /// Asks about one facility only.
    ///
    /// # Errors
    /// Fails if there is none with that name.
    pub fn about(self, facility: &str) -> Result<Self, AppError> {
        let facilities = vec![look_up::facility(&self.revision, facility)?.0];
        Ok(Self { facilities, ..self })
    }

    /// Compiles the index of the moment.
    #[must_use]
    pub fn index(&self) -> Index {
        index_all(&self.revision, self.at)
    }

    /// Describes which commit was in force then, and how that is known.
    #[must_use]
    pub fn source(&self) -> Option<String> {
        let commit = self.revision.id().short();
        Some(match self.evidence? {
            Evidence::Activity(when) => {
                let when = local(when, &self.zone);
                format!("commit {commit} was in force: the door decided by it at {when}")
            }
            Evidence::Log => {
                format!("commit {commit} was in force, according to the log of the branch")
            }
            Evidence::Dates => format!(
                "commit {commit} was the newest by commit date; it is not known here when it came \
                 into force at the door"
            ),
        })
    }
}
