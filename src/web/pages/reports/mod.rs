//! Reports for treasurers and directors, with their pictures. None of them names anybody.

mod kept;
mod rendered;

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
            "csv" => {
                let saved = format!("attachment; filename=\"{name}.csv\"");
                let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
                let saved = (header::CONTENT_DISPOSITION, saved);
                Some(([kind, saved], report.csv.clone()).into_response())
            }
            _ => None,
        }
    });
    found.ok_or_else(|| frame.fail(&AppError::user("there is no such report")))
}
