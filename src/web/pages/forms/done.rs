//! What was done, and the way to undo it.

use axum::extract::{Path, Query};
use maud::html;
use serde::Deserialize;

use super::{
    form::Form as _,
    onward::here,
    undo::{self, Undo},
};
use crate::{
    app::view::local,
    domain::records,
    web::pages::frame::{Frame, Shown},
};

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct Onward {
    back: Option<String>,
}

/// Shows a commit that was just made.
pub(super) async fn page(
    frame: Frame,
    Path(commit): Path<String>,
    Query(onward): Query<Onward>,
) -> Shown {
    let worked = frame.site.work(move |site| {
        let entry = site.store.log_entry(site.store.resolve(&commit)?)?;
        let head = site.store.read(site.store.head()?)?;
        let words = records::in_words(&head, &entry.subject);
        let when = local(entry.time, &crate::app::zone::or_utc(&head));
        Ok((entry, words, when))
    });
    let (entry, words, when) = worked.await.map_err(|error| frame.fail(&error))?;
    let back = here(onward.back.as_deref()).unwrap_or("/");
    Ok(frame.page(
        "Done",
        &html! {
            div.note.good role="status" {
                p { strong { (words) } }
                p { "Commit " code { (entry.id.short()) } ", by " (entry.author.name) ", " (when) }
            }
            div.buttons {
                a.button href=(back) { "Go on" }
                @if frame.may(Undo::ROLE) {
                    (undo::button(entry.id, back))
                }
            }
        },
    ))
}
