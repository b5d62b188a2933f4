//! The fobs and passcodes that somebody holds, what to do if one is lost, and their inductions.

use maud::{Markup, html};

use crate::{
    app::{AppError, texts::Texts},
    domain::{
        model::{Credential, Slug, Tag},
        ops::credential::GUEST,
        records,
    },
    web::members::session::Own,
};

/// Shows credentials, each with a button that ends it, and inductions.
///
/// # Errors
/// Nothing is in force.
pub(super) fn section(own: &Own<'_>, texts: Texts) -> Result<Markup, AppError> {
    let folder = &own.folder;
    let in_force = own.site.in_force()?;
    let name = |it: &Slug| {
        in_force.facilities.get(it).map_or_else(|| it.to_string(), |it| it.name.clone())
    };
    let held = folder.credentials.iter().filter(|(tag, _)| !tag.as_str().starts_with(GUEST));
    let held: Vec<_> = held.collect();
    Ok(html! {
        h2 { (texts.say("held-title")) }
        @if held.is_empty() { p { (texts.say("held-none")) } }
        ul.cards { @for (tag, it) in &held { li { (card(own, texts, tag, it, &name)) } } }
        (inductions(own, texts, &name))
    })
}

fn card(
    own: &Own<'_>,
    texts: Texts,
    tag: &Tag,
    it: &Credential,
    name: &impl Fn(&Slug) -> String,
) -> Markup {
    let counts = |end: Option<jiff::Timestamp>| end.is_none_or(|end| own.now < end);
    let live: Vec<_> = it.grants.iter().filter(|it| counts(it.expiration)).collect();
    let opens: Vec<String> = live.iter().map(|it| name(&it.facility)).collect();
    html! {
        p { strong { (texts.say(&format!("kind-{}", it.kind))) } " " code { (tag.short()) } }
        @if live.is_empty() {
            p.faint { (texts.say("held-ended")) }
        } @else {
            p { (texts.fill("held-opens", &[("facilities", &opens.join(", "))])) }
            details {
                summary { (texts.say(&format!("lost-{}", it.kind))) }
                form method="post" action="/profile/lost" {
                    input type="hidden" name="tag" value=(tag);
                    p { (texts.say("lost-what")) }
                    div.buttons { button.danger { (texts.say("lost-go")) } }
                }
            }
        }
    }
}

fn inductions(own: &Own<'_>, texts: Texts, name: &impl Fn(&Slug) -> String) -> Markup {
    html! {
        h2 { (texts.say("inductions-title")) }
        @if own.folder.inductions.is_empty() { p { (texts.say("inductions-none")) } }
        ul {
            @for (facility, it) in &own.folder.inductions {
                @let by = it.by.and_then(|id| records::name(&own.head, id));
                @let (facility, day) = (name(facility), texts.day(it.on));
                li {
                    @match &by {
                        Some(by) => (texts.fill(
                            "inductions-by",
                            &[("facility", &facility), ("day", &day), ("by", by)],
                        )),
                        None => (texts.fill(
                            "inductions-on",
                            &[("facility", &facility), ("day", &day)],
                        )),
                    }
                    @if it.inductor { " " (texts.say("inductions-inductor")) }
                }
            }
        }
    }
}
