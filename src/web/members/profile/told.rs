//! What somebody was told by mail.

use maud::{Markup, html};

use crate::{
    app::{texts::Texts, view::NoticeView},
    web::members::{moment::moment, session::Own},
};

/// How many notices are shown.
const NEWEST: usize = 24;

/// Shows which notices were sent, and when.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Markup {
    let told = NoticeView::told(&own.head, own.id, &own.zone);
    html! {
        h2 { (texts.say("told-title")) }
        @if told.is_empty() { p { (texts.say("told-nothing")) } }
        @else {
            ul {
                @for it in told.iter().rev().take(NEWEST) {
                    li {
                        (moment(own, texts, it.at)) ": "
                        (texts.say(&format!("notice-{}", it.kind)))
                        @if it.failed.is_some() {
                            " " span.bad { (texts.say("told-failed")) }
                        }
                    }
                }
            }
        }
    }
}
