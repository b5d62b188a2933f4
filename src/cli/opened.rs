//! The space as a command sees it: its newest commit and the settings in it.

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
    /// The commit that a command reads everything from and bases its changes on.
    pub(super) head: Revision<'s>,
    now: Timestamp,
}

impl<'s> Opened<'s> {
    /// Reads the newest commit.
    ///
    /// # Errors
    /// Fails if it cannot be read.
    pub(super) fn new(store: &'s Store, now: Timestamp) -> Result<Self, CliError> {
        Ok(Self { store, head: store.read(store.head()?)?, now })
    }

    /// Returns the space as it was at a commit.
    ///
    /// # Errors
    /// Fails if it cannot be read.
    pub(super) fn at(&self, commit: CommitId) -> Result<Self, CliError> {
        Ok(Self { store: self.store, head: self.store.read(commit)?, now: self.now })
    }

    /// Returns the space at the named commit, or as it is now if none is named.
    ///
    /// # Errors
    /// Fails if there is no such commit, or if it cannot be read.
    pub(super) fn named(self, commit: Option<&str>) -> Result<Self, CliError> {
        match commit {
            Some(spec) => self.at(self.store.resolve(spec)?),
            None => Ok(self),
        }
    }

    /// Returns the settings.
    ///
    /// # Errors
    /// Fails if `space.json` cannot be read.
    pub(super) fn settings(&self) -> Result<Space, CliError> {
        Ok(look_up::space(&self.head)?)
    }

    /// Returns the time zone.
    ///
    /// # Errors
    /// Fails if `space.json` cannot be read, or names a zone that this machine does not know.
    pub(super) fn zone(&self) -> Result<TimeZone, CliError> {
        Ok(zone::of(&self.head)?)
    }

    /// Returns the time zone, or UTC if it cannot be read: for commands that help to fix exactly
    /// that.
    pub(super) fn zone_or_utc(&self) -> TimeZone {
        zone::or_utc(&self.head)
    }

    /// Returns the local date of this command.
    ///
    /// # Errors
    /// Fails if the time zone cannot be read.
    pub(super) fn today(&self) -> Result<Date, CliError> {
        Ok(self.now.to_zoned(self.zone()?).date())
    }

    /// Reads a day as people write it.
    ///
    /// # Errors
    /// Fails if the text is not valid, or if the time zone cannot be read.
    pub(super) fn day(&self, text: &str) -> Result<Date, CliError> {
        Ok(when::day(text, &self.zone()?, self.now)?)
    }

    /// Reads a day that is over, as people write it.
    ///
    /// # Errors
    /// Fails if the text is not valid, or if the time zone cannot be read.
    pub(super) fn past_day(&self, text: &str) -> Result<Date, CliError> {
        Ok(when::past_day(text, &self.zone()?, self.now)?)
    }

    /// Reads a moment as people write it.
    ///
    /// # Errors
    /// Fails if the text is not valid, or if the time zone cannot be read.
    pub(super) fn moment(&self, text: &str) -> Result<Timestamp, CliError> {
        Ok(when::moment(text, &self.zone()?, self.now)?)
    }

    /// Reads a moment that is over, as people write it.
    ///
    /// # Errors
    /// Fails if the text is not valid, or if the time zone cannot be read.
    pub(super) fn past_moment(&self, text: &str) -> Result<Timestamp, CliError> {
        Ok(when::past_moment(text, &self.zone()?, self.now)?)
    }

    /// Returns the currency.
    ///
    /// # Errors
    /// Fails if `space.json` cannot be read.
    pub(super) fn currency(&self) -> Result<Currency, CliError> {
        Ok(look_up::currency(&self.head)?)
    }
}
