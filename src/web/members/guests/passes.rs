//! The passes that somebody has given out, the form for another, and the end of one.

use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts},
    domain::{
        model::{Credential, GuestRules, Slug, Tag},
        ops::credential::{GUEST, Which, guests, revoke},
    },
    web::{
        fields::Fields,
        members::{
            moment::moment,
            session::{Own, Visit},
        },
    },
};

/// Shows the passes and the form.
pub(super) async fn page(visit: Visit, fields: Fields) -> Response {
    let texts = visit.frame.texts;
    visit.page(&texts.say("guests-title"), move |own| content(own, texts, &fields, None)).await
}

/// Puts the page together; with what was wrong, if something was.
pub(super) fn content(
    own: &Own<'_>,
    texts: Texts,
    fields: &Fields,
    wrong: Option<&str>,
) -> Result<Markup, AppError> {
    let Some(rules) = &own.space.self_service.guests else {
        return Ok(html! { p { (texts.say("guests-off")) } });
    };
    let in_force = own.site.in_force()?;
    let name = |it: &Slug| {
        in_force.facilities.get(it).map_or_else(|| it.to_string(), |it| it.name.clone())
    };
    let counts =
        |it: &Credential| it.grants.iter().any(|it| it.expiration.is_none_or(|end| own.now < end));
    let passes: Vec<_> =
        guests(&own.head, own.id).into_iter().filter(|(_, it)| counts(it)).collect();
    Ok(html! {
        @if let Some(wrong) = wrong { p.note.bad role="alert" { (wrong) } }
        p { (texts.count("guests-intro", usize::from(rules.hours))) }
        @if !passes.is_empty() {
            h2 { (texts.say("guests-given")) }
            ul.cards {
                @for (tag, it) in &passes { li { (pass(own, texts, tag, it, &name)) } }
            }
        }
        (form(own, texts, rules, fields, &name))
    })
}

fn pass(
    own: &Own<'_>,
    texts: Texts,
    tag: &Tag,
    it: &Credential,
    name: &impl Fn(&Slug) -> String,
) -> Markup {
    html! {
        @for grant in &it.grants {
            @let (from, until) = (
                moment(own, texts, grant.effective),
                grant.expiration.map(|it| moment(own, texts, it)).unwrap_or_default(),
            );
            p { strong { (name(&grant.facility)) } }
            p { (texts.fill("guests-when", &[("from", &from), ("until", &until)])) }
        }
        form method="post" action="/guests/end" {
            input type="hidden" name="tag" value=(tag);
            button.danger { (texts.say("guests-end")) }
        }
    }
}

fn form(
    own: &Own<'_>,
    texts: Texts,
    rules: &GuestRules,
    fields: &Fields,
    name: &impl Fn(&Slug) -> String,
) -> Markup {
    let mut fields = fields.clone();
    let local = own.now.to_zoned(own.zone.clone());
    for (field, value) in [
        ("day", local.date().to_string()),
        ("time", local.strftime("%H:%M").to_string()),
        ("hours", rules.hours.min(4).to_string()),
    ] {
        if fields.get(field).is_none() {
            fields.set(field, &value);
        }
    }
    let facilities: Vec<_> = rules.facilities.iter().map(|it| (it.to_string(), name(it))).collect();
    html! {
        h2 { (texts.say("guests-new")) }
        form method="post" action="/guests" {
            (fields.choice("facility", &texts.say("guests-facility"), &facilities))
            (fields.input("date", "day", &texts.say("guests-day"), ""))
            (fields.input("time", "time", &texts.say("guests-time"), ""))
            (fields.input("number", "hours", &texts.say("guests-hours"), ""))
            div.buttons { button { (texts.say("guests-go")) } }
        }
    }
}

/// Ends a pass at once.
pub(super) async fn end(visit: Visit, fields: Fields) -> Response {
    let tag = fields.text("tag").parse::<Tag>();
    let done = visit.own(move |own| {
        let Ok(tag) = tag else { return Ok(()) };
        let is_own = tag.as_str().starts_with(GUEST)
            && guests(&own.head, own.id).iter().any(|(it, _)| *it == tag);
        if !is_own {
            return Ok(()); // it has ended already, or is nobody's
        }
        own.carry_out(&revoke(&own.head, &Which::Tags(vec![tag]), None)?)
    });
    match done.await {
        Ok(()) => Redirect::to("/guests").into_response(),
        Err(instead) => instead,
    }
}
