//! The space as a command finds it: its newest commit, and what the settings there say.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::CliError;
use crate::{
    app::{look_up, when, zone},
    domain::{
        model::{CommitId, Space},
        money::Currency,
    },
    store::{Revision, Store},
};

/// An opened space.
pub(super) struct Opened<'s> {
    /// The repository.
    pub(super) store: &'s Store,
    /// The commit that everything in a command is read from and based on.
    pub(super) head: Revision<'s>,
    now: Timestamp,
}

impl<'s> Opened<'s> {
    /// Reads the newest commit.
    ///
    /// # Errors
    /// That it cannot be read.
    pub(super) fn new(store: &'s Store, now: Timestamp) -> Result<Self, CliError> {
        Ok(Self { store, head: store.read(store.head()?)?, now })
    }

    /// Returns the space as it was at a commit.
    ///
    /// # Errors
    /// That it cannot be read.
    pub(super) fn at(&self, commit: CommitId) -> Result<Self, CliError> {
        Ok(Self { store: self.store, head: self.store.read(commit)?, now: self.now })
    }

    /// Returns the space as it was at the commit that is named, as it is unless one is.
    ///
    /// # Errors
    /// That there is no such commit, or that it cannot be read.
    pub(super) fn named(self, commit: Option<&str>) -> Result<Self, CliError> {
        match commit {
            Some(spec) => self.at(self.store.resolve(spec)?),
            None => Ok(self),
        }
    }

    /// Returns the settings.
    ///
    /// # Errors
    /// That `space.json` cannot be read.
    pub(super) fn settings(&self) -> Result<Space, CliError> {
        Ok(look_up::space(&self.head)?)
    }

    /// Returns the time zone.
    ///
    /// # Errors
    /// That `space.json` cannot be read, or names a zone that this machine does not know.
    pub(super) fn zone(&self) -> Result<TimeZone, CliError> {
        Ok(zone::of(&self.head)?)
    }

    /// Returns the time zone, or UTC where it cannot be read: for commands that help out of just
    /// that.
    pub(super) fn zone_or_utc(&self) -> TimeZone {
        zone::or_utc(&self.head)
    }

    /// Returns the local day of this command.
    ///
    /// # Errors
    /// As for the time zone.
    pub(super) fn today(&self) -> Result<Date, CliError> {
        Ok(self.now.to_zoned(self.zone()?).date())
    }

    /// Reads a day as people write it.
    ///
    /// # Errors
    /// That it is none, or as for the time zone.
    pub(super) fn day(&self, text: &str) -> Result<Date, CliError> {
        Ok(when::day(text, &self.zone()?, self.now)?)
    }

    /// Reads a moment as people write it.
    ///
    /// # Errors
    /// That it is none, or as for the time zone.
    pub(super) fn moment(&self, text: &str) -> Result<Timestamp, CliError> {
        Ok(when::moment(text, &self.zone()?, self.now)?)
    }

    /// Returns the currency.
    ///
    /// # Errors
    /// That `space.json` cannot be read.
    pub(super) fn currency(&self) -> Result<Currency, CliError> {
        Ok(look_up::currency(&self.head)?)
    }
}
