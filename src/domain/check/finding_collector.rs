//! Collects the findings about one record, and looks up the names for their messages.

use jiff::civil::Date;

use super::{removal, words};
use crate::domain::{
    model::{Advice, Finding, FindingCode, Home, MemberId, Note, RecordPath, text},
    records::Records,
};

/// The record's path, all other records, and what was found so far.
pub(super) struct FindingCollector<'a> {
    /// Where the record lies.
    pub(super) path: &'a RecordPath,
    /// The records that it lies among.
    pub(super) records: &'a dyn Records,
    findings: Vec<Finding>,
}

impl<'a> FindingCollector<'a> {
    pub(super) fn new(path: &'a RecordPath, records: &'a dyn Records) -> Self {
        Self { path, records, findings: Vec::new() }
    }

    pub(super) fn error(&mut self, code: FindingCode, message: impl Into<String>) {
        self.findings.push(Finding::error(code, self.path, message));
    }

    /// Reports an error, with advice.
    pub(super) fn error_with(
        &mut self,
        code: FindingCode,
        message: impl Into<String>,
        advice: Advice,
    ) {
        self.findings.push(Finding::error(code, self.path, message).advise(advice));
    }

    /// Reports a warning, with advice.
    pub(super) fn warning_with(
        &mut self,
        code: FindingCode,
        message: impl Into<String>,
        advice: Advice,
    ) {
        self.findings.push(Finding::warning(code, self.path, message).advise(advice));
    }

    /// Reports an error at a line and column, both counted from 1, if known.
    pub(super) fn error_at(&mut self, code: FindingCode, at: Option<(u32, u32)>, note: Note) {
        let finding = Finding::error(code, self.path, note.text).advise(note.advice);
        self.findings.push(match at {
            Some((line, column)) => finding.at(line, column),
            None => finding,
        });
    }

    pub(super) fn warning(&mut self, code: FindingCode, message: impl Into<String>) {
        self.findings.push(Finding::warning(code, self.path, message));
    }

    /// Checks a line of free text.
    pub(super) fn text(&mut self, field: &str, value: &str) {
        if let Some(complaint) = text::complaint(value) {
            self.error(
                FindingCode::BadText,
                format!("`{field}` {complaint}: write it in plain words"),
            );
        }
    }

    /// Checks a line of free text that may be left out.
    pub(super) fn optional_text(&mut self, field: &str, value: Option<&str>) {
        if let Some(value) = value {
            match text::complaint(value) {
                Some(complaint) if value.trim().is_empty() => {
                    self.error(
                        FindingCode::BadText,
                        format!("`{field}` {complaint}: write null instead"),
                    );
                }
                Some(_) => self.text(field, value),
                None => {}
            }
        }
    }

    /// Checks that a date is plausible for a space, so that typing errors are noticed.
    pub(super) fn date(&mut self, field: &str, date: Date) {
        if !(1900..2200).contains(&date.year()) {
            self.error(
                FindingCode::BadDate,
                format!("`{field}` is {date}: write a year between 1900 and 2199"),
            );
        }
    }

    /// Checks that the folder of the record contains its main record.
    pub(super) fn home(&mut self) {
        let home = match self.path.home() {
            Home::Space => return,
            Home::Member(id) => RecordPath::Member(id),
            Home::Facility(name) => RecordPath::Facility(name.clone()),
        };
        if home != *self.path && !self.records.exists(&home) {
            self.findings.push(removal::no_home(&home));
        }
    }

    /// Returns a member's number and name: `0042 Ada Lovelace`.
    pub(super) fn who(&self, id: MemberId) -> String {
        words::who(self.records, id)
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.findings.sort();
        self.findings.dedup();
        self.findings
    }
}
