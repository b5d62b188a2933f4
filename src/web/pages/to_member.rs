//! Letters to one member: why nothing was paid, and the welcome once more. The letter is shown first, and
//! then sent.

use std::sync::Arc;

use axum::{
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, get},
};
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
    web::{Site, answer, fields::Fields},
};

/// A letter that a login may send to a member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ToMember {
    /// Asks why nothing was paid, once a day.
    Nudge,
    /// The welcome with the payment details, once more.
    Welcome,
}

impl ToMember {
    /// Returns the address of its page.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Nudge => "/members/nudge",
            Self::Welcome => "/members/welcome",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Nudge => "Ask about dues",
            Self::Welcome => "Send the welcome again",
        }
    }

    /// Returns the page that shows the letter, and what sends it.
    pub(super) fn route(self) -> MethodRouter<Arc<Site>> {
        let page = move |frame: Frame, fields: Fields| async move {
            self.show(&frame, fields, None).await
        };
        get(page)
            .post(move |frame: Frame, fields: Fields| async move { self.send(frame, fields).await })
    }

    /// Sends the letter, and shows what became of it.
    async fn send(self, frame: Frame, fields: Fields) -> Response {
        if !frame.may(Role::Desk) {
            return refuse(&frame);
        }
        let (visitor, sent) = (frame.visitor.clone(), fields.clone());
        let worked = frame.site.work(move |site| {
            let head = site.store.read(site.store.head()?)?;
            let id = member(&sent, |text| look_up::member_id(&head, text))?;
            let asked = Asked { dry_run: false, author: Some(&visitor.author) };
            let (store, now) = (&site.store, site.now());
            let report = match self {
                Self::Nudge => {
                    let whom = (id, sent.is_ticked("again"));
                    at_once::nudge(store, &head, whom, &asked, now, &())
                }
                Self::Welcome => at_once::resend(store, &head, id, &asked, now, &()),
            };
            Ok((report?, records::who(&head, id)))
        });
        match worked.await {
            Ok((report, who)) => self.done(&frame, &fields, report, &who),
            Err(error) => self.show(&frame, fields, Some(error)).await,
        }
    }

    async fn show(self, frame: &Frame, fields: Fields, wrong: Option<AppError>) -> Response {
        if !frame.may(Role::Desk) {
            return refuse(frame);
        }
        let back = back(&fields);
        let worked = frame.site.work(move |site| {
            let head = site.store.read(site.store.head()?)?;
            let id = member(&fields, |text| look_up::member_id(&head, text))?;
            let (letter, covered) = match self {
                Self::Nudge => {
                    let (_, member) = look_up::member(&head, &id.to_string())?;
                    let today = site.now().to_zoned(zone::of(&head)?).date();
                    let covered = at_once::covered(&head, &member, today)?;
                    let words = covered.map(|why| format!("{} {why}", member.name));
                    (at_once::nudge_letter(&head, id, site.now())?, words)
                }
                Self::Welcome => (at_once::welcome_letter(&head, id, site.now())?, None),
            };
            Ok(html! {
                @if let Some(why) = covered {
                    p.note.warn { "There is nothing to ask for: " (why) "." }
                }
                p { "To " (letter.to.0) ", " (email::masked(&letter.to.1)) }
                div.note {
                    p { strong { (letter.subject) } }
                    p.letter { (letter.text) }
                }
                form method="post" action=(self.path()) {
                    input type="hidden" name="member" value=(id);
                    input type="hidden" name="back" value=(fields.text("back"));
                    @if self == Self::Nudge {
                        (fields.tick("again", "yes", "Send it even if they were already asked today"))
                    }
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
                (status, frame.page(self.title(), &content)).into_response()
            }
            Err(error) => frame.fail(&error).into_response(),
        }
    }

    fn done(self, frame: &Frame, fields: &Fields, report: DeliveryReport, who: &str) -> Response {
        let status = report.statuses.into_iter().next();
        let sent = status.as_ref().is_some_and(|it| it.fate == "sent");
        let why = report.stopped.or_else(|| status.and_then(|it| it.why)).unwrap_or_default();
        frame
            .page(
                self.title(),
                &html! {
                    @if sent {
                        p.note.good role="status" {
                            @match self {
                                Self::Nudge => { (who) " was asked by e-mail." }
                                Self::Welcome => { "The welcome was sent to " (who) "." }
                            }
                        }
                    } @else {
                        p.note.bad role="alert" { "No e-mail was sent to " (who) ": " (why) }
                    }
                    p { a.button href=(back(fields)) { "Go on" } }
                },
            )
            .into_response()
    }
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
