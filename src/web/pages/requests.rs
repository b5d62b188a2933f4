//! Requests: what members may not change by themselves, and the buttons that decide.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use maud::{Markup, html};

use super::{
    forms::preview,
    frame::{Frame, Instead, Shown},
};
use crate::{
    app::{AppError, carry_out, member_requests as requests, view::local, zone},
    config::Role,
    domain::records,
    store::{Revision, tickets::MemberRequest},
    web::{Event, Site, fields::Fields},
};

/// Their address.
pub(super) const PATH: &str = "/requests";

/// Lists them, each with what it would do.
pub(super) async fn page(frame: Frame) -> Shown {
    frame.require(Role::Admin, "see requests")?;
    show(&frame, None).await
}

async fn show(frame: &Frame, wrong: Option<AppError>) -> Shown {
    let worked = frame.site.work(|site| {
        let head = site.store.read(site.store.head()?)?;
        let all = site.store.member_requests().all(site.now())?;
        Ok(all.iter().map(|(name, it)| one(site, &head, name, it)).collect::<Vec<_>>())
    });
    let all = worked.await.map_err(|error| frame.fail(&error))?;
    let content = html! {
        @if let Some(wrong) = &wrong { (frame.trouble(wrong)) }
        @if all.is_empty() { p.none { "nobody asks for anything" } }
        @for it in &all { (it) }
    };
    Ok(frame.page("Requests", &content))
}

fn one(site: &Site, head: &Revision<'_>, name: &str, request: &MemberRequest) -> Markup {
    let who = records::who(head, request.member);
    let plan = requests::plan(head, request);
    let shown = plan.and_then(|plan| {
        let preview = carry_out::preview(head, &plan, site.now())?;
        Ok(preview::markup(site, head, &plan, &preview))
    });
    html! {
        section {
            h2 { a href={ "/members/" (request.member) } { (who) } " asks " (requests::words(request)) }
            p.faint { (local(request.at, &zone::or_utc(head))) }
            @match &shown {
                Ok(shown) => {
                    (shown)
                    form method="post" action={ (PATH) "/" (name) "/accept" } {
                        div.buttons { button { "Do it" } }
                    }
                }
                Err(error) => p.note.warn { "It cannot be done: " (error.message) },
            }
            form method="post" action={ (PATH) "/" (name) "/decline" } {
                label for={ "reason-" (name) } { "Reason" }
                input type="text" id={ "reason-" (name) } name="reason" autocomplete="off";
                div.buttons { button.danger { "Decline, with a mail" } }
            }
        }
    }
}

/// Does what was asked for.
pub(super) async fn accept(frame: Frame, Path(name): Path<String>) -> Result<Response, Instead> {
    frame.require(Role::Admin, "decide on requests")?;
    let visitor = frame.visitor.clone();
    let worked = frame.site.work(move |site| {
        requests::accept(&site.store, &name, &visitor.author, site.now())?;
        site.tell(&Event::Note { words: format!("{}: a request was granted", visitor.login) });
        Ok(())
    });
    decided(&frame, worked.await).await
}

/// Declines what was asked for.
pub(super) async fn decline(
    frame: Frame,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Instead> {
    frame.require(Role::Admin, "decide on requests")?;
    let worked = frame
        .site
        .work(move |site| requests::decline(&site.store, &name, fields.get("reason"), site.now()));
    decided(&frame, worked.await).await
}

async fn decided(frame: &Frame, done: Result<(), AppError>) -> Result<Response, Instead> {
    match done {
        Ok(()) => Ok(Instead::see(PATH).into_response()),
        Err(error) => Ok(show(frame, Some(error)).await.into_response()),
    }
}
