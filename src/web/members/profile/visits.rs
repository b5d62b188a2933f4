//! Somebody's own visits, and nobody else's: a page of its own, since journals are long.

use axum::response::Response;
use jiff::{Span, Timestamp};
use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts},
    domain::model::{AccessResult, Slug},
    store::journal::{Filter, Limits, newest},
    web::members::{
        moment::moment,
        session::{Own, Visit},
    },
};

/// How many visits are shown.
const NEWEST: usize = 200;

/// How much of the journals is read for them, in bytes.
const BYTES: u64 = 8 * 1024 * 1024;

/// Shows the link, unless the space shows nobody their visits.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Markup {
    html! {
        @if own.space.self_service.visit_days > 0 {
            h2 { (texts.say("visits-title")) }
            p { a href="/profile/visits" { (texts.say("visits-link")) } }
        }
    }
}

/// Shows the newest visits of as many days as the space says.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    visit.page(&texts.say("visits-title"), move |own| content(own, texts)).await
}

fn content(own: &Own<'_>, texts: Texts) -> Result<Markup, AppError> {
    let days = own.space.self_service.visit_days;
    if days == 0 {
        return Ok(html! { p { (texts.say("visits-none")) } });
    }
    let first = own.today.saturating_sub(Span::new().days(i64::from(days)));
    let from = first.to_zoned(own.zone.clone()).map_or(Timestamp::MIN, |it| it.timestamp());
    let filter = Filter { member: Some(own.id), from: Some(from), ..Filter::default() };
    let limits = Limits { count: NEWEST, bytes: BYTES };
    let visits = newest(&own.site.journals, &filter, None, limits)?.activities;
    let in_force = own.site.in_force()?;
    let name = |it: &Slug| {
        in_force.facilities.get(it).map_or_else(|| it.to_string(), |it| it.name.clone())
    };
    Ok(html! {
        p.faint { (texts.count("visits-days", usize::from(days))) }
        @if visits.is_empty() { p { (texts.say("visits-none")) } }
        ul {
            @for it in &visits {
                li {
                    (moment(own, texts, it.time)) ", " (name(&it.facility)) ": "
                    span.bad[it.result == AccessResult::Denied] {
                        (texts.say(&format!("result-{}", it.result)))
                    }
                }
            }
        }
    })
}
