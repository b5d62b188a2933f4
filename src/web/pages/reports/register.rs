//! The register: who was a member on a day.

use axum::response::Response;
use jiff::civil::Date;
use maud::html;

use super::{named, rendered::Rendered};
use crate::{
    app::{AppError, report::register, view::counted, when, zone},
    web::{
        Site,
        fields::Fields,
        pages::{
            frame::{Frame, Instead, Shown},
            link,
        },
    },
};

pub(super) const PATH: &str = "/reports/register";

/// The most members of the page; the table for a spreadsheet has all.
const MOST: usize = 300;

/// A day, and who was a member on it.
struct Made {
    on: Date,
    count: usize,
    report: Rendered,
    /// The number of members whose records cannot be read.
    left_out: usize,
}

/// Shows a day; today unless given.
pub(super) async fn page(frame: Frame, fields: Fields) -> Shown {
    let Made { on, count, report, left_out } = made(&frame, fields.clone(), MOST).await?;
    let recorded = if fields.is_ticked("recorded") { "yes" } else { "" };
    let content = html! {
        form.filters method="get" action=(PATH) {
            div { (fields.input("date", "on", "Day", "today, unless given")) }
            div { (fields.tick("recorded", "yes", "As it was recorded then")) }
            button { "Show" }
        }
        section {
            h2 { (counted(count as u64, "member")) " on " (on) }
            @if left_out > 0 { p.note.warn { "What cannot be read is left out: " (counted(left_out as u64, "member")) "." } }
            (report.table)
            @if count > MOST { p.faint { "The first " (MOST) " are shown; the file has all." } }
            p {
                a href=(link::to("/reports/register.csv", &[("on", &on.to_string()), ("recorded", recorded)])) {
                    "CSV, for a spreadsheet"
                }
            }
        }
    };
    Ok(frame.page("Members on a day", &content))
}

/// Sends the same for a spreadsheet.
pub(super) async fn file(frame: Frame, fields: Fields) -> Result<Response, Instead> {
    let made = made(&frame, fields, usize::MAX).await?;
    Ok(made.report.download(&format!("-{}", made.on)))
}

async fn made(frame: &Frame, fields: Fields, most: usize) -> Result<Made, Instead> {
    named::require(frame)?;
    let worked = frame.site.work(move |site| make(site, &fields, most)).await;
    worked.map_err(|error| frame.fail(&error))
}

fn make(site: &Site, fields: &Fields, most: usize) -> Result<Made, AppError> {
    let zone = zone::of(&site.store.read(site.store.head()?)?)?;
    let on = when::past_day(fields.get("on").unwrap_or("today"), &zone, site.now());
    let on = on.map_err(AppError::user)?;
    let wanted = (on, fields.is_ticked("recorded"));
    let (mut entries, census) = register::of(&site.store, wanted, &zone)?;
    let count = entries.len();
    entries.truncate(most);
    Ok(Made {
        on,
        count,
        report: Rendered::new("register", "Members on a day", register::output(entries)),
        left_out: census.unreadable(),
    })
}
