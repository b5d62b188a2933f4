//! Everything that is held about somebody, as a file.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use crate::{
    app::{AppError, member_export::member_export, texts::Texts},
    web::members::session::Visit,
};

/// How many times an hour somebody may download it: it takes long to collect.
const MOST: u32 = 6;

/// Shows the link.
pub(super) fn section(texts: Texts) -> Markup {
    html! {
        h2 { (texts.say("data-title")) }
        p { (texts.say("data-what")) }
        p { a href="/profile/data" download { (texts.say("data-download")) } }
    }
}

/// Answers with the file.
pub(super) async fn download(visit: Visit) -> Response {
    let collected = visit.own(|own| {
        if !own.site.member_logins.brake().allows(&format!("data {}", own.id), MOST, own.now) {
            return Ok(None);
        }
        let (store, journals) = (&own.site.store, &own.site.journals);
        let all = member_export(store, &own.head, own.id, journals, own.now)?;
        let bytes = serde_json::to_vec_pretty(&all);
        let bytes = bytes.map_err(|error| AppError::internal(error.to_string()))?;
        Ok(Some((own.id, bytes)))
    });
    match collected.await {
        Ok(Some((id, bytes))) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json".to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.json\"")),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => {
            let words = visit.frame.texts.say("data-too-often");
            visit.frame.refuse(axum::http::StatusCode::TOO_MANY_REQUESTS, &words)
        }
        Err(instead) => instead,
    }
}
