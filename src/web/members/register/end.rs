//! What somebody is told who has just joined: the number, how to pay, and what comes next.

use maud::{Markup, html};

use crate::{
    app::{joining::Joined, texts::Texts},
    web::members::dues_lines::dues_lines,
};

/// Shows it.
pub(super) fn content(texts: Texts, joined: &Joined) -> Markup {
    html! {
        p.note.good role="status" { (texts.say("end-welcome")) }
        dl {
            dt { (texts.say("end-number")) } dd { strong { (joined.id) } }
            @if joined.dues.amount > 0 {
                dt { (texts.say("end-reference")) } dd { strong { (joined.reference) } }
            }
            @for (id, name) in &joined.children {
                dt { (texts.say("end-child")) } dd { (name) ", " (id) }
            }
        }
        (dues_lines(texts, &joined.currency, &joined.dues))
        @if joined.dues.amount > 0 {
            h2 { (texts.say("end-pay")) }
            p { (texts.fill("end-pay-how", &[("reference", &joined.reference)])) }
            @if let Some(details) = &joined.payment_details { p.letter { (details) } }
        }
        h2 { (texts.say("end-next")) }
        ul {
            @if !joined.facilities.is_empty() {
                li { (texts.fill("end-fob", &[("facilities", &joined.facilities.join(", "))])) }
            }
            @if !joined.inductions.is_empty() {
                li { (texts.fill("end-induction", &[("inductions", &joined.inductions.join(", "))])) }
            }
            li { (if joined.unsent.is_some() { texts.say("end-mail-later") } else { texts.say("end-mail") }) }
        }
    }
}
