//! The code by which somebody says at a chat who they are, and whether they are named there.

use maud::{Markup, html};

use crate::{
    app::{chat, look_up, texts::Texts},
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
            p {
                @let named = look_up::contact(&own.head, own.id).is_ok_and(|it| it.named);
                (texts.say(if named { "chat-named" } else { "chat-not-named" })) " "
                a href="/editme" { (texts.say("chat-named-change")) }
            }
        }
    }
}
