//! Shows what a bridge tells: in words, or as JSON lines.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::Event;
use crate::{domain::model::text, service::Show};

/// Writes the log of a bridge.
pub(super) struct Screen<W> {
    show: Show,
    out: W,
}

#[derive(Serialize)]
struct Row<'e> {
    time: Timestamp,
    #[serde(flatten)]
    event: &'e Event,
}

impl<W: Write> Screen<W> {
    pub(super) const fn new(show: Show, out: W) -> Self {
        Self { show, out }
    }

    /// Writes a line. A lost output is no reason for a bridge to stop.
    pub(super) fn show(&mut self, time: Timestamp, event: &Event) {
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
    }
}

/// Puts an event on one line, without anything in it that a terminal would obey.
fn one_line(event: &Event) -> String {
    event.to_string().replace(text::is_control, " ")
}
