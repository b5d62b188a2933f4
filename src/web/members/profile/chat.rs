//! The code by which somebody says at a chat who they are.

use maud::{Markup, html};

use crate::{
    app::{chat, texts::Texts},
    domain::records::Records as _,
    web::members::session::Own,
};

/// Shows the code, if the space has channels and this machine its key.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Markup {
    let key = own.site.store.key().ok().filter(|_| !own.head.channels().is_empty());
    let code = key.map(|key| chat::code(&key, own.id, own.today));
    html! {
        @if let Some(code) = code {
            h2 { (texts.say("chat-title")) }
            p { (texts.say("chat-what")) }
            p { code { "link " (code) } }
        }
    }
}
