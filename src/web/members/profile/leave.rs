//! Leaving: when, what happens to the data, and asking for it.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use jiff::{Span, civil::Date};
use maud::{Markup, html};

use crate::{
    app::{member_requests, texts::Texts},
    store::tickets::Asked,
    web::{
        fields::Fields,
        members::session::{Own, Visit},
    },
};

/// How many years ahead somebody may leave.
const YEARS: i32 = 2;

/// Shows the link, or what was asked for.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Markup {
    let asked = waiting(own);
    html! {
        h2 { (texts.say("leave-title")) }
        @match asked {
            Some(day) => p.note { (texts.fill("leave-asked", &[("day", &texts.day(day))])) },
            None => p { a href="/profile/leave" { (texts.say("leave-link")) } },
        }
    }
}

/// Returns the day on which somebody asked to leave, if it is not decided yet.
fn waiting(own: &Own<'_>) -> Option<Date> {
    let all = member_requests::of(&own.site.store, own.id, own.now);
    all.ok()?.into_iter().find_map(|it| match it.what {
        Asked::Leave(day) => Some(day),
        Asked::Change(_) => None,
    })
}

/// Shows what happens, and the form.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    let content = move |own: &Own<'_>| Ok(content(own, texts, &Fields::default(), None));
    visit.page(&texts.say("leave-title"), content).await
}

fn content(own: &Own<'_>, texts: Texts, fields: &Fields, wrong: Option<&str>) -> Markup {
    let (keep, paid) = (own.space.retention, own.member.paid_until.filter(|it| *it > own.today));
    let mut fields = fields.clone();
    if fields.get("day").is_none() {
        fields.set("day", &paid.unwrap_or(own.today).to_string());
    }
    let days = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    html! {
        @if let Some(wrong) = wrong { p.note.bad role="alert" { (wrong) } }
        p { (texts.say("leave-what")) }
        @if let Some(paid) = paid {
            p { (texts.fill("leave-paid", &[("day", &texts.day(paid))])) }
        }
        ul {
            @if let Some(count) = keep.contact_days {
                li { (texts.count("leave-contact", days(count))) }
            }
            @if let Some(count) = keep.payment_days {
                li { (texts.count("leave-payments", days(count))) }
            }
            @if let Some(count) = keep.member_days {
                li { (texts.count("leave-member", days(count))) }
            }
            @if keep.contact_days.is_none() || keep.member_days.is_none() {
                li { (texts.say("leave-kept")) }
            }
        }
        form method="post" action="/profile/leave" {
            (fields.input("date", "day", &texts.say("leave-on"), ""))
            div.buttons {
                button.danger { (texts.say("leave-go")) }
                a.button.quiet href="/profile" { (texts.say("edit-cancel")) }
            }
        }
    }
}

/// Keeps the request.
pub(super) async fn ask(visit: Visit, fields: Fields) -> Response {
    let texts = visit.frame.texts;
    let asked = visit.own(move |own| {
        let last = own.today.saturating_add(Span::new().years(YEARS));
        let day = fields.get("day").and_then(|it| it.parse::<Date>().ok());
        let Some(day) = day.filter(|day| (own.today..=last).contains(day)) else {
            return Ok(Some(content(own, texts, &fields, Some(&texts.say("leave-wrong")))));
        };
        member_requests::ask(&own.site.store, own.id, Asked::Leave(day), own.now)?;
        Ok(None)
    });
    match asked.await {
        Ok(None) => Redirect::to("/profile").into_response(),
        Ok(Some(content)) => {
            let page = visit.inside(&texts.say("leave-title"), &content);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Err(instead) => instead,
    }
}
