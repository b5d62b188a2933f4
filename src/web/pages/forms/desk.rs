//! What a form is filled in on: the records of a commit, the time, and who fills it in.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    app::{AppError, zone},
    store::Revision,
    web::{Site, login::Visitor},
};

/// What a form is filled in on.
pub(super) struct Desk<'r> {
    pub(super) site: &'r Site,
    pub(super) head: Revision<'r>,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
    pub(super) visitor: &'r Visitor,
}

impl<'r> Desk<'r> {
    /// Takes the records of a commit, by default the newest one.
    ///
    /// # Errors
    /// There is no such commit, or it cannot be read.
    pub(super) fn at(
        site: &'r Site,
        visitor: &'r Visitor,
        commit: Option<&str>,
    ) -> Result<Self, AppError> {
        let commit = match commit {
            Some(text) => site.store.resolve(text)?,
            None => site.store.head()?,
        };
        let head = site.store.read(commit)?;
        let zone = zone::of(&head)?;
        Ok(Self { site, head, zone, now: site.now(), visitor })
    }
}
