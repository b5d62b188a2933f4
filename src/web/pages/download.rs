//! Downloads all activities between two days, as a table for spreadsheets or as JSON lines, in pieces.

use std::{
    io::Write as _,
    sync::{Arc, LazyLock},
};

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use jiff::civil::Date;
use maud::html;
use tokio::{runtime::Handle, sync::Semaphore};

use super::{
    frame::{Frame, Instead, Shown},
    stream,
};
use crate::{
    app::{AppError, activity_export::ExportFormat, when},
    store::journal::{self, Filter},
    web::{Event, Site, fields::Fields},
};

/// The size of a piece, in bytes.
const PIECE: usize = 64 * 1024;

/// Downloads at the same time. Others wait, so that pages keep the threads that read files.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Asks which days and which format.
pub(super) async fn form(frame: Frame) -> Shown {
    let fields = Fields::default();
    let content = html! {
        form method="get" action="/download/activities" {
            (fields.input("date", "from", "From", "the beginning, unless given"))
            (fields.input("date", "until", "Until, this day included", "today, unless given"))
            fieldset {
                legend { "Format" }
                label.choice {
                    input type="radio" name="format" value="csv" checked;
                    "CSV, for a spreadsheet"
                }
                label.choice {
                    input type="radio" name="format" value="json";
                    "JSON lines, for a program"
                }
            }
            div.buttons { button { "Download" } }
        }
    };
    Ok(frame.page("Download activities", &content))
}

/// Sends the activities.
pub(super) async fn activities(frame: Frame, fields: Fields) -> Result<Response, Instead> {
    let prepared = prepare(&frame.site, &fields).map_err(|error| frame.fail(&error))?;
    let (filter, format, name) = prepared;
    let (pieces, body) = stream::body();
    let (site, handle) = (Arc::clone(&frame.site), Handle::current());
    let place = Arc::clone(&PLACES).acquire_owned().await;
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let mut bytes = Vec::with_capacity(2 * PIECE);
        // Writing to memory cannot fail.
        let _ = format.begin(&mut bytes);
        let read = journal::each(&site.journals, &filter, |activity| {
            let _ = format.write(&mut bytes, &activity);
            bytes.len() < PIECE || handle.block_on(pieces.send(std::mem::take(&mut bytes)))
        });
        if let Err(error) = read {
            site.tell(&Event::Trouble { words: format!("a download broke off: {error}") });
            // Whoever looks at the end of the file sees it too.
            let _ = writeln!(bytes, "this download broke off: {error}");
        }
        handle.block_on(pieces.send(bytes))
    });
    let kind = match format {
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::JsonLines => "application/jsonl",
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body).into_response())
}

/// Returns what to send, how, and the name of the file.
fn prepare(site: &Site, fields: &Fields) -> Result<(Filter, ExportFormat, String), AppError> {
    let (in_force, now) = (site.in_force()?, site.now());
    let zone = &in_force.zone;
    let day = |name| fields.get(name).map(|it| when::past_day(it, zone, now)).transpose();
    let (from, until) = (day("from")?, day("until")?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return Err(AppError::user("the last day is before the first"));
    }
    let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|it| it.timestamp());
    let filter = Filter {
        from: from.and_then(start),
        until: until.and_then(|it| start(it.tomorrow().ok()?)),
        ..Filter::default()
    };
    let (format, extension) = match fields.text("format") {
        "csv" => (ExportFormat::Csv, "csv"),
        "json" => (ExportFormat::JsonLines, "jsonl"),
        _ => return Err(AppError::user("there is no such format")),
    };
    let days: Vec<String> = [from, until].iter().flatten().map(ToString::to_string).collect();
    let days = if days.is_empty() { "all".to_owned() } else { days.join("-to-") };
    Ok((filter, format, format!("activities-{days}.{extension}")))
}
