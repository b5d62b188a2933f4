//! The log of a program that runs for years: in words, or as JSON lines.

use std::{fmt, io::Write, path::Path};

use anstyle::{AnsiColor, Style};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{LogFile, Show};
use crate::domain::model::text;

/// A line of a log.
pub(crate) trait LogEvent: fmt::Display + Serialize {
    /// Returns the severity in the numbers of the system's journal: 4 is a warning, 6 is
    /// informational.
    fn gravity(&self) -> u8;
}

/// Writes a log.
pub(crate) struct Log<W> {
    show: Show,
    out: W,
    /// Where it is kept, if the system does not keep it.
    file: Option<LogFile>,
}

#[derive(Serialize)]
struct Row<'e, E> {
    time: Timestamp,
    #[serde(flatten)]
    event: &'e E,
}

impl<W: Write> Log<W> {
    /// Shows lines, and keeps them in a folder unless the system does.
    pub(crate) fn new(show: Show, out: W, folder: &Path, process: &str) -> Self {
        let file = (!show.is_kept()).then(|| LogFile::open(folder, process));
        Self { show, out, file }
    }

    /// Shows lines only, for a process that keeps what happens itself.
    pub(crate) const fn unkept(show: Show, out: W) -> Self {
        Self { show, out, file: None }
    }

    /// Writes a line. A lost output is no reason to stop.
    pub(crate) fn show(&mut self, time: Timestamp, event: &impl LogEvent) {
        let line = match self.show {
            Show::Json => serde_json::to_string(&Row { time, event }).unwrap_or_default(),
            Show::Log => format!("<{}>{}", event.gravity(), one_line(event)),
            Show::Words { colour } => {
                let style = match event.gravity() {
                    4 if colour => AnsiColor::Red.on_default(),
                    5 if colour => AnsiColor::Yellow.on_default(),
                    _ => Style::new(),
                };
                let time = time.to_zoned(TimeZone::system()).strftime("%H:%M:%S");
                format!("{time} {style}{}{style:#}", one_line(event))
            }
        };
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
        if let Some(file) = &self.file {
            file.write(time, event.gravity(), &one_line(event));
        }
    }
}

/// Puts an event on one line, without anything in it that a terminal would obey.
fn one_line(event: &impl LogEvent) -> String {
    event.to_string().replace(text::is_control, " ")
}
