//! The page on which one chooses how to log in.

use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::welcome;
use crate::web::members::session::{Own, Visit};

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct Wish {
    pub(super) to: Option<String>,
}

/// Shows the ways to log in, unless somebody is logged in already.
pub(super) async fn page(visit: Visit, Query(wish): Query<Wish>) -> Response {
    let to = welcome::page(wish.to.as_deref());
    if let Some(cookie) = visit.cookie.clone() {
        let is_inside = visit.frame.site.work(move |site| Ok(Own::open(site, &cookie)?.is_some()));
        match is_inside.await {
            Ok(true) => return Redirect::to(to).into_response(),
            Ok(false) => {}
            Err(error) => return visit.frame.fail(&error),
        }
    }
    ways(&visit, to, None).into_response()
}

/// Shows the ways to log in again, and what was wrong.
pub(super) fn wrong(visit: &Visit, status: StatusCode, words: &str) -> Response {
    (status, ways(visit, "/profile", Some(words))).into_response()
}

fn ways(visit: &Visit, to: &str, wrong: Option<&str>) -> Markup {
    let (texts, logins) = (visit.frame.texts, &visit.frame.site.member_logins);
    let content = html! {
        @if let Some(wrong) = wrong { p.note.bad role="alert" { (wrong) } }
        p { (texts.say("login-intro")) }
        div.buttons {
            @for (name, service) in logins.services() {
                a.button href={ "/login/with/" (name) "?to=" (to) } {
                    (texts.fill("login-with", &[("service", &service.title)]))
                }
            }
        }
        @if visit.frame.site.members_url().is_ok() {
            form method="post" action="/login/mail" {
                h2 { (texts.say("login-by-mail")) }
                label for="email" { (texts.say("login-email")) }
                input type="email" id="email" name="email" required maxlength="254"
                    autocomplete="email" aria-describedby="email-hint";
                p.hint id="email-hint" { (texts.say("login-email-hint")) }
                div.buttons { button { (texts.say("login-send")) } }
            }
        } @else if logins.services().next().is_none() {
            p.note.warn { (texts.say("login-none")) }
        }
    };
    visit.frame.page(&texts.say("login-title"), &content)
}
