//! The review of a month, for the directors: numbers by tier, and who came and went.

use axum::response::Response;
use maud::html;

use super::{named, rendered::Rendered};
use crate::{
    app::{AppError, report::review, view::counted, zone},
    web::{
        Site,
        fields::Fields,
        pages::{
            frame::{Frame, Instead, Shown},
            link,
        },
    },
};

pub(super) const PATH: &str = "/reports/review";

/// A month, and what can be said about it.
struct Made {
    month: String,
    report: Rendered,
    /// The number of members whose records, or whose tiers, cannot be read.
    left_out: u64,
}

/// Shows a month; the current one unless given.
pub(super) async fn page(frame: Frame, fields: Fields) -> Shown {
    let Made { month, report, left_out } = made(&frame, fields.clone()).await?;
    let recorded = if fields.is_ticked("recorded") { "yes" } else { "" };
    let content = html! {
        form.filters method="get" action=(PATH) {
            div { (fields.input("month", "month", "Month", "like 2026-01; the current one, unless given")) }
            div { (fields.tick("recorded", "yes", "As it was recorded then")) }
            button { "Show" }
        }
        section {
            h2 { (month) }
            @if left_out > 0 { p.note.warn { "What cannot be read is left out: " (counted(left_out, "member")) "." } }
            (report.table)
            p {
                a href=(link::to("/reports/review.csv", &[("month", &month), ("recorded", recorded)])) {
                    "CSV, for a spreadsheet"
                }
            }
        }
    };
    Ok(frame.page("Review of a month", &content))
}

/// Sends the same for a spreadsheet.
pub(super) async fn file(frame: Frame, fields: Fields) -> Result<Response, Instead> {
    let made = made(&frame, fields).await?;
    Ok(made.report.download(&format!("-{}", made.month)))
}

async fn made(frame: &Frame, fields: Fields) -> Result<Made, Instead> {
    named::require(frame)?;
    let worked = frame.site.work(move |site| make(site, &fields)).await;
    worked.map_err(|error| frame.fail(&error))
}

fn make(site: &Site, fields: &Fields) -> Result<Made, AppError> {
    let zone = zone::of(&site.store.read(site.store.head()?)?)?;
    let today = site.now().to_zoned(zone.clone()).date();
    let month = fields.get("month").map(str::parse).transpose().map_err(AppError::user)?;
    let wanted = (month, fields.is_ticked("recorded"));
    let (review, census) = review::month(&site.store, wanted, (today, &zone), &())?;
    Ok(Made {
        month: review.month.to_string(),
        report: Rendered::new("review", "Review of a month", review::output(&review)),
        left_out: census.unreadable() as u64 + review.total.unclear,
    })
}
