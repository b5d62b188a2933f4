//! Asks a member why nothing was paid: the letter is shown first, and then sent.

use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::{forms::here, frame::Frame};
use crate::{
    app::{
        AppError, look_up,
        notice::at_once::{self, Asked, DeliveryReport},
        zone,
    },
    config::Role,
    domain::{
        model::{MemberId, email},
        records,
    },
    web::{answer, fields::Fields},
};

/// Its address.
pub(super) const PATH: &str = "/members/nudge";

const TITLE: &str = "Ask about dues";

/// Shows the letter.
pub(super) async fn page(frame: Frame, fields: Fields) -> Response {
    show(&frame, fields, None).await
}

/// Sends the letter, and shows what became of it.
pub(super) async fn send(frame: Frame, fields: Fields) -> Response {
    if !frame.may(Role::Desk) {
        return refuse(&frame);
    }
    let (visitor, sent) = (frame.visitor.clone(), fields.clone());
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let whom =
            (member(&sent, |text| look_up::member_id(&head, text))?, sent.is_ticked("again"));
        let asked = Asked { dry_run: false, author: Some(&visitor.author) };
        let report = at_once::nudge(&site.store, &head, whom, &asked, site.now(), &())?;
        Ok((report, records::who(&head, whom.0)))
    });
    match worked.await {
        Ok((report, who)) => done(&frame, &fields, report, &who),
        Err(error) => show(&frame, fields, Some(error)).await,
    }
}

async fn show(frame: &Frame, fields: Fields, wrong: Option<AppError>) -> Response {
    if !frame.may(Role::Desk) {
        return refuse(frame);
    }
    let back = back(&fields);
    let worked = frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = member(&fields, |text| look_up::member_id(&head, text))?;
        let letter = at_once::nudge_letter(&head, id, site.now())?;
        let (_, member) = look_up::member(&head, &id.to_string())?;
        let today = site.now().to_zoned(zone::of(&head)?).date();
        let covered = at_once::covered(&head, &member, today)?;
        Ok(html! {
            @if let Some(why) = covered {
                p.note.warn { "There is nothing to ask for: " (member.name) " " (why) "." }
            }
            p { "To " (letter.to.0) ", " (email::masked(&letter.to.1)) }
            div.note {
                p { strong { (letter.subject) } }
                p.letter { (letter.text) }
            }
            form method="post" action=(PATH) {
                input type="hidden" name="member" value=(id);
                input type="hidden" name="back" value=(fields.text("back"));
                (fields.tick("again", "yes", "Send it even if they were already asked today"))
                div.buttons { button { "Send it" } a.button.quiet href=(back) { "Cancel" } }
            }
        })
    });
    match worked.await {
        Ok(content) => {
            let status = wrong.as_ref().map_or(axum::http::StatusCode::OK, answer::status);
            let content = html! {
                @if let Some(wrong) = &wrong { (frame.trouble(wrong)) }
                (content)
            };
            (status, frame.page(TITLE, &content)).into_response()
        }
        Err(error) => frame.fail(&error).into_response(),
    }
}

fn done(frame: &Frame, fields: &Fields, report: DeliveryReport, who: &str) -> Response {
    let status = report.statuses.into_iter().next();
    let sent = status.as_ref().is_some_and(|it| it.fate == "sent");
    let why = report.stopped.or_else(|| status.and_then(|it| it.why)).unwrap_or_default();
    frame
        .page(
            TITLE,
            &html! {
                @if sent {
                    p.note.good role="status" { (who) " was asked by e-mail." }
                } @else {
                    p.note.bad role="alert" { "No e-mail was sent to " (who) ": " (why) }
                }
                p { a.button href=(back(fields)) { "Go on" } }
            },
        )
        .into_response()
}

fn member(
    fields: &Fields,
    find: impl FnOnce(&str) -> Result<MemberId, AppError>,
) -> Result<MemberId, AppError> {
    find(fields.get("member").ok_or_else(|| AppError::user("the member is missing"))?)
}

fn back(fields: &Fields) -> String {
    here(fields.get("back")).unwrap_or("/members").to_owned()
}

fn refuse(frame: &Frame) -> Response {
    frame.refuse("Your login may not send letters.").into_response()
}
