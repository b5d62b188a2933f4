//! Activities for a spreadsheet or a program.

use std::io::{self, Write};

use crate::{app::view::csv, domain::model::Activity};

/// The format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFormat {
    /// A table for a spreadsheet.
    Csv,
    /// One JSON object per line, as in the journal.
    JsonLines,
}

const COLUMNS: [&str; 17] = [
    "time",
    "facility",
    "member",
    "result",
    "reason",
    "tag",
    "type",
    "fob",
    "commit",
    "priority",
    "required",
    "reader",
    "by",
    "until",
    "seconds",
    "doubted",
    "rehearsal",
];

impl ExportFormat {
    /// Writes what comes before the first activity.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn begin(self, to: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Csv => csv::line(to, COLUMNS),
            Self::JsonLines => Ok(()),
        }
    }

    /// Writes an activity.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn write(self, to: &mut impl Write, it: &Activity) -> io::Result<()> {
        if self == Self::JsonLines {
            serde_json::to_writer(&mut *to, it)?;
            return writeln!(to);
        }
        let text = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
        let fields = [
            Some(it.time.to_string()),
            Some(it.facility.to_string()),
            Some(it.member.map_or_else(|| "unknown".into(), |id| id.to_string())),
            Some(it.result.to_string()),
            Some(it.reason.to_string()),
            text(it.tag.as_ref().map(|tag| tag as _)),
            text(it.kind.as_ref().map(|kind| kind as _)),
            it.fob.clone(),
            Some(it.commit.to_string()),
            text(it.priority.as_ref().map(|priority| priority as _)),
            text(it.required.as_ref().map(|priority| priority as _)),
            it.reader.clone(),
            it.by.clone(),
            text(it.until.as_ref().map(|until| until as _)),
            text(it.seconds.as_ref().map(|seconds| seconds as _)),
            it.doubted.then(|| "true".to_owned()),
            it.rehearsal.then(|| "true".to_owned()),
        ];
        csv::line(to, fields.iter().map(|field| field.as_deref().unwrap_or_default()))
    }
}
