//! Reports for treasurers and directors, with their pictures. The page of all of them names nobody; the
//! review of a month and the register do.

mod kept;
mod named;
mod register;
mod rendered;
mod review;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::Path,
    http::header,
    response::{IntoResponse as _, Response},
    routing::get,
};
use maud::html;

use super::frame::{Frame, Instead, Shown};
use crate::{app::AppError, web::Site};
use kept::{Kept, Reports};

/// What a picture may load: nothing but the style inside it.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Returns the reports.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/reports", get(page))
        .route(review::PATH, get(review::page))
        .route("/reports/review.csv", get(review::file))
        .route(register::PATH, get(register::page))
        .route("/reports/register.csv", get(register::file))
        .route("/reports/{file}", get(file))
        .layer(Extension(Arc::new(Kept::default())))
}

async fn reports(frame: &Frame, kept: Arc<Kept>) -> Result<Arc<Reports>, Instead> {
    let worked = frame.site.work(move |site| kept.get(site)).await;
    worked.map_err(|error| frame.fail(&error))
}

async fn page(frame: Frame, Extension(kept): Extension<Arc<Kept>>) -> Shown {
    let reports = reports(&frame, kept).await?;
    let content = html! {
        @if named::may(&frame) {
            nav.buttons aria-label="Reports with names" {
                a href=(review::PATH) { "Review of a month" }
                a href=(register::PATH) { "Members on a day" }
            }
        }
        @for it in &reports.all {
            section {
                h2 { (it.title) }
                @if it.picture.is_some() {
                    @let url = format!("/reports/{}.svg?{}", it.name, reports.commit.short());
                    img.picture src=(url) alt={ (it.title) ", as a picture of the table below" };
                }
                (it.table)
                p { a href={ "/reports/" (it.name) ".csv" } { "CSV, for a spreadsheet" } }
            }
        }
        p.faint { "As of " (reports.when) "." }
    };
    Ok(frame.page("Reports", &content))
}

async fn file(
    frame: Frame,
    Extension(kept): Extension<Arc<Kept>>,
    Path(file): Path<String>,
) -> Result<Response, Instead> {
    let reports = reports(&frame, kept).await?;
    let parts = file.rsplit_once('.');
    let found = parts.and_then(|(name, kind)| {
        let report = reports.all.iter().find(|it| it.name == name)?;
        match kind {
            "svg" => {
                let kind = (header::CONTENT_TYPE, "image/svg+xml");
                let policy = (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY);
                Some(([kind, policy], report.picture.clone()?).into_response())
            }
            "csv" => Some(report.download("")),
            _ => None,
        }
    });
    found.ok_or_else(|| frame.fail(&AppError::user("there is no such report")))
}
