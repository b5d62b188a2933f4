//! What becomes of what somebody typed: what changes at once, what has to be confirmed, what is asked
//! for, and what it costs.

use maud::{Markup, html};

use super::read::{dues_after, in_words};
use crate::{
    app::{AppError, texts::Texts},
    domain::model::{OwnChange, OwnField},
    web::members::{dues_lines::dues_lines, session::Own},
};

/// Shows it.
///
/// # Errors
/// The dues cannot be worked out.
pub(super) fn preview(own: &Own<'_>, texts: Texts, wish: &OwnChange) -> Result<Markup, AppError> {
    let (at_once, asked) = wish.clone().divide(&own.space.self_service.change);
    let at_once = OwnChange { email: None, ..at_once };
    let confirms = wish.email.is_some() && own.space.self_service.change.contains(&OwnField::Email);
    let (before, after) = (dues_after(own, &OwnChange::default())?, dues_after(own, wish)?);
    let currency = own.currency();
    Ok(html! {
        @if !at_once.is_empty() {
            p.note { (texts.fill("edit-at-once", &[("fields", &in_words(texts, &at_once))])) }
        }
        @if confirms { p.note { (texts.say("edit-confirms")) } }
        @if !asked.is_empty() {
            p.note.warn {
                (texts.fill("edit-asked", &[("fields", &in_words(texts, &asked))]))
            }
        }
        @if before.amount != after.amount {
            h2 { (texts.say("edit-dues")) }
            p {
                (texts.fill("edit-dues-change", &[
                    ("before", &texts.money(&currency, before.amount)),
                    ("after", &texts.money(&currency, after.amount)),
                ]))
            }
            (dues_lines(texts, &currency, &after))
            @let from = own.member.paid_until.filter(|it| *it > own.today).unwrap_or(own.today);
            p { (texts.fill("edit-dues-from", &[("day", &texts.day(from))])) }
        }
    })
}
