//! The form for those who want to join.

use std::sync::Arc;

use axum::{
    Extension,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::{
    brake::{Brake, Verdict},
    child, dues,
    faults::blame,
    inputs,
    names::{BIRTHS, MORE, NAMES, PATH},
    send::{self, Read},
};
use crate::{
    app::{AppError, documents::Document},
    domain::{
        model::{Record, RecordPath},
        ops::joining::{FormField as F, Offer},
    },
    web::{fields::Fields, members::frame::Frame},
};

/// The field that says which button was pressed.
pub(super) const STEP: &str = "step";

/// Shows the form.
pub(super) async fn page(
    frame: Frame,
    Extension(brake): Extension<Arc<Brake>>,
    fields: Fields,
) -> Response {
    show(&frame, &brake, fields, None).await
}

/// Takes the form: works out the amount, asks for children, or sends it.
pub(super) async fn submit(
    frame: Frame,
    Extension(brake): Extension<Arc<Brake>>,
    mut fields: Fields,
) -> Response {
    if fields.remove(STEP).is_some_and(|it| it == "dues") {
        return show(&frame, &brake, fields, None).await;
    }
    match brake.judge(&frame, &fields) {
        Verdict::Read => {}
        Verdict::Ignore => return send::mailed(&frame),
        Verdict::Again => {
            let words = frame.texts.say("register-again");
            return show(&frame, &brake, fields, Some((StatusCode::UNPROCESSABLE_ENTITY, words)))
                .await;
        }
    }
    match send::read(&frame, &fields).await {
        Err(error) => frame.fail(&error),
        Ok(Read::Wrong(faults)) => {
            blame(&frame, &mut fields, &faults);
            let words = frame.texts.say("register-wrong");
            show(&frame, &brake, fields, Some((StatusCode::UNPROCESSABLE_ENTITY, words))).await
        }
        Ok(Read::Good(_)) if fields.is_ticked(MORE) => child::ask(&frame, &fields),
        Ok(Read::Good(application)) => send::send(&frame, &brake, *application).await,
    }
}

/// Shows the form, with what was filled in, and what is wrong with it.
async fn show(
    frame: &Frame,
    brake: &Brake,
    fields: Fields,
    wrong: Option<(StatusCode, String)>,
) -> Response {
    let title = frame.texts.say("register-title");
    let brake = brake.fields(frame, &fields);
    let asker = frame.clone();
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let offer = Offer::of(&head)?;
        if offer.tiers.is_empty() {
            return Ok(None);
        }
        let mut fields = fields;
        if let ([(only, _)], false) = (&offer.tiers[..], fields.is_ticked(F::Tier.name())) {
            fields.set(F::Tier.name(), only.as_str());
        }
        let amount = dues::shown(asker.texts, &head, &offer, &fields, site.now())?;
        let facility = |name| match head.record(&RecordPath::Facility(name)) {
            Ok(Some(Record::Facility(facility))) => Some(facility.name),
            _ => None,
        };
        let opens = offer.space.joining.facilities_on_joining.iter().cloned().filter_map(facility);
        let opens: Vec<String> = opens.collect();
        let agreements = agreements(&asker, &head, &fields)?;
        Ok(Some(content(&asker, &fields, &offer, (&brake, &amount, &agreements), &opens)))
    });
    match worked.await {
        Err(error) => frame.fail(&error),
        Ok(None) => {
            let content = html! { p { (frame.texts.say("register-closed")) } };
            (StatusCode::NOT_FOUND, frame.page(&title, &content)).into_response()
        }
        Ok(Some(content)) => {
            let (status, words) = wrong.unzip();
            let content = html! {
                @if let Some(words) = &words { p.note.bad role="alert" { (words) } }
                (content)
            };
            (status.unwrap_or(StatusCode::OK), frame.page(&title, &content)).into_response()
        }
    }
}

fn content(
    frame: &Frame,
    fields: &Fields,
    offer: &Offer,
    (brake, amount, agreements): (&Markup, &Markup, &Markup),
    opens: &[String],
) -> Markup {
    let texts = frame.texts;
    let children = html! {
        @for (name, born) in fields.all(NAMES).zip(fields.all(BIRTHS)) {
            input type="hidden" name=(NAMES) value=(name);
            input type="hidden" name=(BIRTHS) value=(born);
        }
    };
    html! {
        p { (texts.fill("register-intro", &[("space", &offer.space.name)])) }
        form method="post" action=(PATH) {
            // The first button is the one that the Enter key presses.
            button.skip tabindex="-1" aria-hidden="true" { (texts.say("register-send")) }
            (brake)
            (children)
            div hx-post="/register/dues" hx-trigger="input delay:300ms" hx-target="#dues"
                hx-swap="innerHTML" hx-include="closest form" {
                (inputs::person(texts, fields))
                (inputs::membership(texts, offer, fields))
            }
            @if !opens.is_empty() {
                p { (texts.fill("register-opens", &[("facilities", &opens.join(", "))])) }
            }
            div id="dues" aria-live="polite" { (amount) }
            div.buttons { button.quiet name=(STEP) value="dues" { (texts.say("register-work-out")) } }
            fieldset {
                legend { (texts.say("register-more")) }
                (fields.tick(MORE, "yes", &texts.say("join-children")))
                (fields.tick("news", "yes", &texts.say("join-news")))
                (fields.tick("named", "yes", &texts.say("join-named")))
                (fields.line(F::HeardOfUs.name(), &texts.say("join-heard"), &texts.say("join-optional")))
            }
            (agreements)
            div.buttons { button { (texts.say("register-send")) } }
        }
    }
}

/// Shows what there is to agree to.
fn agreements(
    frame: &Frame,
    head: &crate::store::Revision<'_>,
    fields: &Fields,
) -> Result<Markup, AppError> {
    let texts = frame.texts;
    let mut shown = Vec::new();
    for document in Document::ALL {
        if document.read(head, texts.language())?.is_none() {
            continue;
        }
        let (field, label, title) = match document {
            Document::HouseRules => (F::HouseRules, "join-house-rules", "house-rules-title"),
            Document::Privacy => (F::Privacy, "join-privacy", "privacy-title"),
        };
        let path = format!("/{}", document.name());
        shown.push(html! {
            (fields.tick(field.name(), "yes", &texts.say(label)))
            (fields.below(field.name(), ""))
            p.hint { a href=(path) target="_blank" { (texts.say(title)) } }
        });
    }
    Ok(html! {
        @if !shown.is_empty() {
            fieldset {
                legend { (texts.say("register-agree")) }
                @for it in &shown { (it) }
            }
        }
    })
}
