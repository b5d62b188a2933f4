//! The diagnostic log: the same lines as in the system's journal.

mod journald;

use axum::extract::Query;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::{
    frame::{Frame, Shown},
    live, table,
};
use crate::{
    app::view::{CellStyle, Column, plain},
    service::{LogLine, read_logs},
    web::fields::Fields,
};

/// The number of lines that are read, and shown.
const READ: usize = 1_000;
const SHOWN: usize = 300;

/// What is said where there is nothing to show.
const NOTHING: &str = "there are no such lines";
const NOT_SEEN: &str = "the system's journal has no lines of these programs; or their user may not see \
                        them, because it is not in the group systemd-journal";

/// Severities in the numbers of the system's journal, and what they are called.
const SEVERITIES: [(&str, &str); 3] =
    [("7", "everything"), ("5", "notices and warnings"), ("4", "warnings")];

/// What to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    process: String,
    severity: String,
}

/// A line, as it is shown.
#[derive(Serialize)]
struct Row {
    when: String,
    line: LogLine,
}

const COLUMNS: &[Column<Row>] = &[
    Column::new("TIME", |row: &Row| plain(&row.when)),
    Column::new("PROCESS", |row| plain(&row.line.process)),
    Column::new("TEXT", |row| {
        let style = match row.line.severity {
            ..=3 => CellStyle::Bad,
            4 => CellStyle::Warning,
            _ => CellStyle::Plain,
        };
        (row.line.text.clone(), style)
    }),
];

/// Shows the newest lines, the newest first.
pub(super) async fn page(frame: Frame, Query(wanted): Query<Wanted>) -> Shown {
    let worked = frame.site.work(move |site| {
        let (lines, nothing) = match &site.logs {
            Some(folder) => (read_logs(folder, READ), NOTHING),
            None => (journald::read(READ)?, NOT_SEEN),
        };
        let nothing = if lines.is_empty() { nothing } else { NOTHING };
        let zone = site.in_force().map(|it| it.zone.clone()).unwrap_or(jiff::tz::TimeZone::UTC);
        let form = wanted.form(&lines);
        let shown = lines.into_iter().rev().filter(|it| wanted.wants(it)).take(SHOWN);
        let row = |line: LogLine| Row {
            when: line.time.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M:%S").to_string(),
            line,
        };
        Ok((form, shown.map(row).collect::<Vec<_>>(), nothing))
    });
    let (form, rows, nothing) = worked.await.map_err(|error| frame.fail(&error))?;
    let content = html! {
        (form)
        div id="log" data-live="often" {
            (table::columns(&rows, COLUMNS, nothing))
        }
        (live::script())
    };
    Ok(frame.page("Log", &content))
}

impl Wanted {
    fn wants(&self, line: &LogLine) -> bool {
        let most = self.severity.parse().unwrap_or(7);
        line.severity <= most && (self.process.is_empty() || self.process == line.process)
    }

    fn form(&self, lines: &[LogLine]) -> Markup {
        let mut fields = Fields::default();
        fields.set("process", &self.process);
        fields.set("severity", &self.severity);
        let mut names: Vec<&str> = lines.iter().map(|it| it.process.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let option = |(value, words): (&str, &str)| (value.to_owned(), words.to_owned());
        let processes = [("", "all")].into_iter().chain(names.into_iter().map(|it| (it, it)));
        let processes: Vec<_> = processes.map(option).collect();
        html! {
            form.filters method="get" action="/log" {
                div { (fields.choice("process", "Process", &processes)) }
                div { (fields.choice("severity", "Show", &SEVERITIES.map(option))) }
                button { "Show" }
            }
        }
    }
}
