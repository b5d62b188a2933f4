//! The end of a session, and of all sessions of a member.

use axum::response::{IntoResponse as _, Redirect, Response};
use maud::html;

use crate::web::members::session::{Kept, Visit, set};

/// Shows the buttons, and where else the member is logged in.
pub(super) async fn page(visit: Visit) -> Response {
    let texts = visit.frame.texts;
    let title = texts.say("logout-title");
    let content = move |own: &crate::web::members::session::Own<'_>| {
        let all = own.site.store.sessions().of(own.id, own.now)?;
        let since = texts.day(own.session.begun.to_zoned(own.zone.clone()).date());
        Ok(html! {
            p { (texts.fill("logout-since", &[("day", &since), ("by", &own.session.by)])) }
            form method="post" action="/logout" {
                div.buttons { button { (texts.say("logout-here")) } }
            }
            p { (texts.count("logout-sessions", all.len())) }
            form method="post" action="/logout/everywhere" {
                div.buttons { button.quiet { (texts.say("logout-everywhere")) } }
            }
        })
    };
    visit.page(&title, content).await
}

/// Ends the session of this browser.
pub(super) async fn here(visit: Visit) -> Response {
    let Some(cookie) = visit.cookie.clone() else { return out(&visit) };
    let ended = visit.frame.site.work(move |site| Ok(site.store.sessions().end(&cookie)?));
    match ended.await {
        Ok(_) => out(&visit),
        Err(error) => visit.frame.fail(&error),
    }
}

/// Ends all sessions of the member.
pub(super) async fn everywhere(visit: Visit) -> Response {
    match visit.own(|own| Ok(own.site.store.sessions().end_all(own.id)?)).await {
        Ok(()) => out(&visit),
        Err(instead) => instead,
    }
}

fn out(visit: &Visit) -> Response {
    let mut response = Redirect::to("/login").into_response();
    let is_here = visit.frame.site.members_in_the_clear();
    set(response.headers_mut(), Kept::Session, None, is_here);
    response
}
