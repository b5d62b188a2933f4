//! The page that the link in the mail leads to. Following it shows a button, since programs that look
//! into mails follow links, too.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::html;

use super::{names::CONFIRM, send};
use crate::{
    app::{
        AppError,
        joining::{self, Confirmed},
    },
    web::{fields::Fields, members::frame::Frame},
};

/// The parameter with the link.
const LINK: &str = "link";

/// Shows what is about to happen.
pub(super) async fn page(frame: Frame, fields: Fields) -> Response {
    let link = fields.text(LINK).to_owned();
    let asked = link.clone();
    let found = frame.site.work(move |site| joining::find(&site.store, &asked, site.now())).await;
    let texts = frame.texts;
    match found {
        Ok(Some(waiting)) => {
            let it = &waiting.content;
            let content = html! {
                p { (texts.say("confirm-intro")) }
                dl {
                    dt { (texts.say("join-name")) } dd { (it.name) }
                    dt { (texts.say("join-email")) } dd { (it.email) }
                    @if !it.children.is_empty() {
                        dt { (texts.say("confirm-children")) }
                        dd { @for child in &it.children { (child.name) " " } }
                    }
                }
                form method="post" action=(CONFIRM) {
                    input type="hidden" name=(LINK) value=(link);
                    div.buttons { button { (texts.say("confirm-join")) } }
                }
            };
            frame.page(&texts.say("confirm-title"), &content).into_response()
        }
        Ok(None) => nothing(&frame),
        Err(error) => frame.fail(&error),
    }
}

/// Follows the link.
pub(super) async fn submit(frame: Frame, fields: Fields) -> Response {
    let link = fields.text(LINK).to_owned();
    let worked: Result<Confirmed, AppError> =
        frame.site.work(move |site| joining::confirm(&site.store, &link, site.now())).await;
    let texts = frame.texts;
    match worked {
        Ok(Confirmed::Joined(joined)) => send::welcome(&frame, &joined),
        Ok(Confirmed::Waits) => {
            let content = html! {
                p.note.good role="status" { (texts.say("waits-thanks")) }
                p { (texts.say("waits-then")) }
            };
            frame.page(&texts.say("waits-title"), &content).into_response()
        }
        Ok(Confirmed::Already) => frame.refuse(StatusCode::CONFLICT, &texts.say("confirm-already")),
        Ok(Confirmed::Nothing) => nothing(&frame),
        Err(error) => frame.fail(&error),
    }
}

fn nothing(frame: &Frame) -> Response {
    frame.refuse(StatusCode::GONE, &frame.texts.say("confirm-nothing"))
}
