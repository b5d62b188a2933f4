//! The page: filled in, shown what becomes of it, done.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};

use super::{
    commit::{commit, try_on},
    form,
    preview::preview,
    read,
};
use crate::{
    app::{AppError, member_requests, texts::Texts},
    domain::model::OwnChange,
    store::{ErrorKind, tickets::Asked},
    web::{
        fields::Fields,
        members::session::{Own, Visit},
    },
};

/// The field that says which button was pressed.
const STEP: &str = "step";

/// What becomes of a form.
enum Became {
    /// It is shown again, since something is wrong.
    Wrong(Markup),
    /// It is shown what will change.
    Shown(Markup),
    /// Nothing is different.
    Same,
    /// It was done.
    Done,
}

/// Shows the form with what is known, and what was asked for and is not decided.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    let content = move |own: &Own<'_>| {
        let fields = form::known(own)?;
        let asked = member_requests::of(&own.site.store, own.id, own.now)?;
        let asked = asked.into_iter().find_map(|it| match it.what {
            Asked::Change(wish) => Some(wish),
            Asked::Leave(_) => None,
        });
        Ok(html! {
            @if let Some(wish) = &asked {
                @let fields = read::in_words(texts, wish);
                p.note { (texts.fill("edit-waits", &[("fields", &fields)])) }
            }
            (form::form(own, texts, &fields))
        })
    };
    visit.page(&texts.say("edit-title"), content).await
}

/// Shows what becomes of the form, or does it.
pub(super) async fn submit(visit: Visit, mut fields: Fields) -> Response {
    let texts = visit.frame.texts;
    let step = fields.remove(STEP).unwrap_or_default();
    let became = visit.own(move |own| {
        if step == "edit" {
            return Ok(Became::Shown(form::form(own, texts, &fields)));
        }
        let wish = match read::read(own, texts, &fields)? {
            Ok(wish) => wish,
            Err((field, why)) => {
                fields.blame(field, &why);
                return Ok(Became::Wrong(html! {
                    p.note.bad role="alert" { (why) }
                    p { a href={ "#" (field) } { (texts.say("to-the-field")) } }
                    (form::form(own, texts, &fields))
                }));
            }
        };
        if wish.is_empty() {
            return Ok(Became::Same);
        }
        match try_on(own, &wish) {
            Err(error) if error.kind == ErrorKind::User => {
                return Ok(Became::Wrong(html! {
                    p.note.bad role="alert" { (texts.say("edit-refused")) }
                    (form::form(own, texts, &fields))
                }));
            }
            tried => tried?,
        }
        if step == "commit" {
            commit(own, texts, wish)?;
            return Ok(Became::Done);
        }
        shown(own, texts, &fields, &wish).map(Became::Shown)
    });
    let title = texts.say("edit-title");
    match became.await {
        Ok(Became::Shown(content)) => visit.inside(&title, &content).into_response(),
        Ok(Became::Wrong(content)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, visit.inside(&title, &content)).into_response()
        }
        Ok(Became::Same) => {
            let content = html! {
                p.note role="status" { (texts.say("edit-same")) }
                p { a href="/profile" { (texts.say("profile-title")) } }
            };
            visit.inside(&title, &content).into_response()
        }
        Ok(Became::Done) => Redirect::to("/profile").into_response(),
        Err(instead) => instead,
    }
}

fn shown(
    own: &Own<'_>,
    texts: Texts,
    fields: &Fields,
    wish: &OwnChange,
) -> Result<Markup, AppError> {
    Ok(html! {
        (preview(own, texts, wish)?)
        form.buttons method="post" action="/editme" {
            (fields.hidden())
            button name=(STEP) value="commit" { (texts.say("edit-go")) }
            button.quiet name=(STEP) value="edit" { (texts.say("edit-back")) }
        }
    })
}
