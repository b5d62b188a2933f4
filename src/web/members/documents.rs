//! The texts that whoever joins agrees to: the house rules and the privacy notice.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::documents::Document;

/// Shows the rules of the house.
pub(super) async fn house_rules(frame: Frame) -> Response {
    show(&frame, Document::HouseRules, &frame.texts.say("house-rules-title")).await
}

/// Shows what happens to personal data.
pub(super) async fn privacy(frame: Frame) -> Response {
    show(&frame, Document::Privacy, &frame.texts.say("privacy-title")).await
}

async fn show(frame: &Frame, document: Document, title: &str) -> Response {
    let language = frame.texts.language();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        Ok(document.read(&head, language)?)
    });
    match worked.await {
        Ok(Some(text)) => {
            let version = text.version.get(..12).unwrap_or_default();
            let content = html! {
                (paragraphs(&text.text))
                p.faint { (frame.texts.fill("document-version", &[("version", &version)])) }
            };
            frame.page(title, &content).into_response()
        }
        Ok(None) => {
            let content = html! { p { (frame.texts.say("document-missing")) } };
            (StatusCode::NOT_FOUND, frame.page(title, &content)).into_response()
        }
        Err(error) => frame.fail(&error),
    }
}

/// Shows a plain text: blank lines separate paragraphs, and lines stay lines.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! {
        @for paragraph in text.replace("\r\n", "\n").split("\n\n").map(str::trim) {
            @if !paragraph.is_empty() { p.letter { (paragraph) } }
        }
    }
}
