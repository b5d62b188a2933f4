//! The page: its sections in the order in which people look for them.

use axum::response::Response;
use maud::html;

use super::{access, chat, data, dues, held, leave, notes, told, visits, who};
use crate::web::members::session::Visit;

/// Shows whoever is logged in what the space knows about them.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    visit
        .page(&texts.say("profile-title"), move |own| {
            Ok(html! {
                (who::section(own, texts))
                (dues::section(own, texts)?)
                (access::section(own, texts)?)
                (held::section(own, texts)?)
                (notes::section(own, texts)?)
                (visits::section(own, texts))
                (told::section(own, texts))
                (chat::section(own, texts))
                (data::section(texts))
                (leave::section(own, texts))
            })
        })
        .await
}
