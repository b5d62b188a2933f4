//! Lets somebody in whose addresses are known, or says whom to ask.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::html;

use super::whose::Whose;
use crate::{
    app::{AppError, look_up, zone},
    domain::model::MemberId,
    store::tickets::Session,
    web::{
        Event, Site,
        members::session::{Kept, Visit, set},
    },
};

/// The pages that a login may lead to.
const PAGES: [&str; 4] = ["/profile", "/profile/pay", "/editme", "/guests"];

/// Returns a page of ours to go to after the login; never one of somebody else.
pub(super) fn page(to: Option<&str>) -> &'static str {
    let known = PAGES.iter().find(|it| Some(**it) == to);
    known.copied().unwrap_or("/profile")
}

/// Begins a session of whoever has these addresses, according to a service.
pub(super) async fn by_addresses(
    visit: &Visit,
    by: String,
    addresses: Vec<String>,
    to: &str,
) -> Response {
    let (service, former) = (by.clone(), visit.cookie.clone());
    let worked = visit.frame.site.work(move |site| {
        let head = site.store.read(site.store.head()?)?;
        let today = site.now().to_zoned(zone::or_utc(&head)).date();
        Ok(match Whose::of(&head, &addresses, today) {
            Whose::One(id) => Ok(begin(site, id, &service, former.as_deref())?),
            Whose::Nobodys if addresses.is_empty() => Err("no address is verified there"),
            Whose::Nobodys => Err("no member has the address"),
            Whose::Several => Err("several members have the address"),
        })
    });
    match worked.await {
        Ok(Ok(cookie)) => inside(visit, &cookie, to),
        Ok(Err(why)) => {
            visit.frame.site.tell(&Event::LoginRefused { by, why: why.to_owned() });
            whom_to_ask(visit).await
        }
        Err(error) => visit.frame.fail(&error),
    }
}

/// Begins a session, ends the one that the browser had, and returns what it is known by.
///
/// # Errors
/// It cannot be written.
pub(super) fn begin(
    site: &Site,
    id: MemberId,
    by: &str,
    former: Option<&str>,
) -> Result<String, AppError> {
    let (sessions, now) = (site.store.sessions(), site.now());
    if let Some(former) = former {
        sessions.end(former)?;
    }
    sessions.sweep(now)?;
    let cookie = sessions.add(&Session::new(id, by, now))?;
    site.tell(&Event::LoggedIn { member: id, by: by.to_owned() });
    Ok(cookie)
}

/// Leads to a page, with the session.
pub(super) fn inside(visit: &Visit, cookie: &str, to: &str) -> Response {
    let is_here = visit.frame.site.members_in_the_clear();
    let mut response = Redirect::to(to).into_response();
    set(response.headers_mut(), Kept::Session, Some(cookie), is_here);
    set(response.headers_mut(), Kept::Login, None, is_here);
    response
}

/// Says whom to ask, and nothing about who is a member.
async fn whom_to_ask(visit: &Visit) -> Response {
    let ask = whom(visit).await;
    let texts = visit.frame.texts;
    let content = html! {
        p.note.warn role="alert" { (texts.say("login-not-known")) }
        @match &ask {
            Some(ask) => p { (texts.say("login-ask")) " " a href={ "mailto:" (ask) } { (ask) } }
            None => p { (texts.say("login-ask-somebody")) }
        }
        p { a href="/login" { (texts.say("login-again")) } }
    };
    (StatusCode::FORBIDDEN, visit.frame.page(&texts.say("login-title"), &content)).into_response()
}

/// Returns whom to ask: as configured, or else where replies to notices go.
async fn whom(visit: &Visit) -> Option<String> {
    if let Some(ask) = visit.frame.site.member_logins.ask() {
        return Some(ask);
    }
    let space = visit.frame.site.work(|site| {
        let head = site.store.read(site.store.head()?)?;
        look_up::space(&head)
    });
    let notices = space.await.ok()?.notices;
    notices.reply_to.or(notices.from)
}
