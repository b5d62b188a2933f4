//! What somebody owes and how that comes about, how to pay, and what was paid.

use maud::{Markup, html};

use super::pay;
use crate::{
    app::{AppError, dues::members, payment::list, texts::Texts},
    domain::{dues::Cover, ops, records},
    web::members::{dues_lines::dues_lines, moment::of_day, session::Own},
};

/// How many payments are shown.
const NEWEST: usize = 24;

/// Shows the dues line by line, the reference, until when they are covered, and the payments.
///
/// # Errors
/// The settings or the tier cannot be read.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Result<Markup, AppError> {
    let currency = own.currency();
    let owing = members::one(&own.head, &own.id.to_string(), own.today)?;
    let cover = ops::dues::cover(&own.head, &own.member, own.space.grace_days, own.today);
    let covered = match cover {
        Cover::Always => texts.say("cover-always"),
        Cover::Never => texts.say("cover-never"),
        Cover::Until(day) => texts.fill("cover-until", &[("day", &texts.day(day))]),
    };
    let mut payments = list::payments(&own.head, &currency, Some(own.id));
    payments.sort_by(|a, b| (b.payment.date, &b.id).cmp(&(a.payment.date, &a.id)));
    payments.truncate(NEWEST);
    let collected = pay::processor(own).is_some();
    let owes = owing.dues.amount > 0;
    Ok(html! {
        h2 { (texts.say("dues-title")) }
        @if let Some(parent) = own.member.parent {
            @let parent = records::name(&own.head, parent).unwrap_or_default();
            p { (texts.fill("dues-of-parent", &[("parent", &parent)])) }
        }
        (dues_lines(texts, &currency, &owing.dues))
        dl {
            @if owes && !collected {
                dt { (texts.say("dues-reference")) }
                dd { strong { (own.space.reference_prefix) (own.id) } }
            }
            dt { (texts.say("dues-paid-until")) } dd { (of_day(texts, own.member.paid_until)) }
            dt { (texts.say("dues-covered")) } dd { (covered) }
        }
        @if collected && owes {
            h3 { (texts.say("dues-how")) }
            p { (texts.say("pay-collected")) " " a href=(pay::PAGE) { (texts.say("pay-link")) } }
        }
        @if let Some(details) = own.space.notices.payment_details.as_ref().filter(|_| owes && !collected) {
            h3 { (texts.say("dues-how")) }
            p.letter { (details) }
        }
        @if !payments.is_empty() {
            h3 { (texts.say("payments-title")) }
            div.scroll tabindex="0" role="region" aria-label=(texts.say("payments-title")) {
                table {
                    thead { tr {
                        th { (texts.say("payments-day")) }
                        th.number { (texts.say("payments-amount")) }
                        th { (texts.say("payments-until")) }
                    } }
                    tbody {
                        @for it in &payments {
                            tr {
                                td.short { (texts.day(it.payment.date)) }
                                td.number { (texts.money(&currency, it.payment.amount)) }
                                td.short {
                                    @if it.payment.paid_months() == 0 { "–" }
                                    @else { (texts.day(it.until)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}
