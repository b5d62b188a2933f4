//! What is needed everywhere while a calendar is read.

use super::{Refusal, component::Component, line::Line, steps::Steps, zones::Zones};

/// The zones that can be named, the work that may yet be done, and what was noticed.
pub(super) struct Reading<'a> {
    pub(super) zones: Zones<'a>,
    /// For what has to be worked out; when they are spent, the calendar is refused.
    pub(super) steps: Steps,
    /// For what is worked out only to warn.
    pub(super) spare: Steps,
    pub(super) warnings: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Begins to read a calendar.
    pub(super) fn new(
        calendar: &'a Component,
        space: &jiff::tz::TimeZone,
        most: u64,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            zones: Zones::read(calendar, space)?,
            steps: Steps::at_most(most),
            spare: Steps::at_most(most / 20),
            warnings: vec![],
        })
    }

    /// Notes what someone may have meant differently.
    pub(super) fn warn(&mut self, line: &Line, about: impl std::fmt::Display) {
        self.warnings.push(format!("line {}: {about}", line.number));
    }
}
