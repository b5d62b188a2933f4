//! "May this fob open that door?": the decision on a fob or passcode, and the whole reason.
//!
//! What is typed here goes nowhere but into the decision: it is neither logged nor shown again.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    frame::{Frame, Shown},
    reasons, table,
};
use crate::{
    app::{AppError, look_up, try_reading, try_reading::TriedReading, when, why::Question, zone},
    config::Role,
    control::{AskError, Request},
    domain::{
        access::{Reading, Side},
        model::{AccessResult, Code},
    },
    web::{InForce, Site, fields::Fields, login::Visitor},
};

/// Shows the question.
pub(super) async fn form(frame: Frame) -> Shown {
    let in_force = frame.site.in_force().map_err(|error| frame.fail(&error))?;
    Ok(frame.page("May this fob open that door?", &question(&in_force, &Fields::default())))
}

/// Answers it.
pub(super) async fn answer(frame: Frame, fields: Fields) -> Shown {
    let in_force = frame.site.in_force().map_err(|error| frame.fail(&error))?;
    let (sent, visitor, known) = (fields.clone(), frame.visitor.clone(), Arc::clone(&in_force));
    let worked = frame.site.work(move |site| decide(site, &known, &sent, &visitor)).await;
    let answer = worked.unwrap_or_else(|error| frame.trouble(&error));
    let content = html! { (answer) (question(&in_force, &fields)) };
    Ok(frame.page("May this fob open that door?", &content))
}

fn question(in_force: &InForce, fields: &Fields) -> Markup {
    let mut shown = fields.clone();
    shown.remove("fob");
    shown.remove("passcode");
    let facilities = in_force.facilities.iter();
    let facilities: Vec<_> =
        facilities.map(|(slug, it)| (slug.to_string(), it.name.clone())).collect();
    html! {
        form method="post" action="/ask" {
            (shown.line("fob", "The fob", "its number, in any spelling"))
            (shown.input("password", "passcode", "Or the passcode", ""))
            (shown.choice("facility", "The facility", &facilities))
            (shown.tick("side", "exit", "at the reader for leaving"))
            (shown.line("at", "When", "now, unless given: 2026-01-31 18:00, +2h, -3d"))
            div.buttons { button { "Ask" } }
        }
        p.hint { "Nothing moves, and nothing that is typed here is kept." }
    }
}

fn decide(
    site: &Site,
    in_force: &InForce,
    fields: &Fields,
    visitor: &Visitor,
) -> Result<Markup, AppError> {
    let code = match (fields.get("fob"), fields.get("passcode")) {
        (Some(_), Some(_)) => Err("give either a fob or a passcode, not both".into()),
        (Some(number), None) => Code::fob(number),
        (None, Some(digits)) => Code::passcode(digits),
        (None, None) => Err("neither a fob nor a passcode was given".into()),
    }?;
    let (store, now) = (&site.store, site.now());
    let head = store.read(in_force.index.commit())?;
    let (facility, record) = look_up::facility(&head, fields.text("facility"))?;
    let side = if fields.is_ticked("side") { Side::Exit } else { Side::Entry };
    let reading = Reading { facility, side, code };
    let at = fields.get("at").filter(|it| *it != "now");
    let zone = zone::of(&head)?;
    let moment = at.map(|text| when::moment(text, &zone, now)).transpose()?.unwrap_or(now);
    let (mut by_door, mut refused) = (None, None);
    // A door decides about now only.
    let answers = at.is_none().then(|| site.ask_doors(&Request::Try(reading.clone())));
    for (_, answer) in answers.into_iter().flatten() {
        match answer {
            Ok(answer) => by_door = Some(try_reading::by_door(&answer, &head)?),
            Err(AskError::Refused(why)) => refused = Some(why),
            Err(_) => {} // the door is away; the records decide as it would
        }
    }
    let question = Question::new(store, &site.journals, moment, now)?;
    let question = question.about(reading.facility.as_str())?;
    let answer = match by_door {
        Some(answer) => answer,
        None => {
            let key = in_force.key.clone().map_or_else(|| store.key(), Ok)?;
            try_reading::by_records(&question.revision, &key, &reading, moment, question.age)
        }
    };
    let by_desk = visitor.role >= Role::Desk;
    let mut reason = html! {};
    if let Some(id) = answer.member
        && let Ok((id, member)) = look_up::member(&question.revision, &id.to_string())
    {
        let index = question.index();
        let answers = question.answers(&index, id, &member)?;
        reason = html! { @for it in &answers { (reasons::answer(it, &record.name, by_desk)) } };
    }
    Ok(html! {
        (verdict(&answer, &record.name, by_desk))
        @if let Some(why) = &refused { p.note.warn { "The running door says: " (why) } }
        (table::labelled(&[
            ("at", when::local(answer.time, &question.zone)),
            ("tag", answer.tag.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("priority", answer.priority.map(|it| it.to_string()).unwrap_or_default()),
            ("required", answer.required.map(|it| it.to_string()).unwrap_or_default()),
            ("by commit", answer.commit.short()),
            ("according to", if answer.by_door { "the running door" } else { "the records" }.into()),
        ]))
        (reason)
        @if let Some(words) = question.source() { p.faint { (table::sentence(&words)) } }
    })
}

fn verdict(answer: &TriedReading, facility: &str, by_desk: bool) -> Markup {
    let good = answer.result != AccessResult::Denied;
    html! {
        div.note.good[good].bad[!good] role="status" {
            p { strong { (table::capital(answer.result.name())) } ": " (answer.reason.words()) }
            p {
                @match (answer.member, &answer.name) {
                    (Some(id), name) => {
                        @let words = format!("{id} {}", name.as_deref().unwrap_or_default());
                        @if by_desk { a href={ "/members/" (id) } { (words) } } @else { (words) }
                    },
                    (None, _) => "Nobody's",
                }
                ", at " (facility)
            }
            @if answer.held { p { "It is held unlocked: nobody needs a credential." } }
        }
    }
}
