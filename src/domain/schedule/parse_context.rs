//! The state shared while a calendar is read.

use super::{
    TimespecError, component::Component, content_line::ContentLine, steps::Steps, zones::Zones,
};

/// The available time zones, the remaining work, and the warnings so far.
pub(super) struct ParseContext<'a> {
    pub(super) zones: Zones<'a>,
    /// The steps for necessary work; when they run out, the calendar is refused.
    pub(super) steps: Steps,
    /// The steps for work that only serves warnings.
    pub(super) spare: Steps,
    pub(super) warnings: Vec<String>,
}

impl<'a> ParseContext<'a> {
    /// Starts reading a calendar.
    pub(super) fn new(
        calendar: &'a Component,
        space: &jiff::tz::TimeZone,
        most: u64,
    ) -> Result<Self, TimespecError> {
        Ok(Self {
            zones: Zones::read(calendar, space)?,
            steps: Steps::at_most(most),
            spare: Steps::at_most(most / 20),
            warnings: vec![],
        })
    }

    /// Adds a warning about something that may have been meant differently.
    pub(super) fn warn(&mut self, line: &ContentLine, about: impl std::fmt::Display) {
        self.warnings.push(format!("line {}: {about}", line.number));
    }
}
