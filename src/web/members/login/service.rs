//! A login by a service that knows who somebody is: there, and back.

use axum::{
    extract::{Path, Query},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::{
    page::{self, Wish},
    welcome,
};
use crate::{
    integrations::identity::{Back, IdentityError},
    web::{
        Event,
        members::{
            frame::not_found,
            session::{Kept, Visit, set},
        },
    },
};

/// How many logins may be begun from an address in an hour.
const MOST: u32 = 60;

/// With what a browser comes back (RFC 6749 §4.1.2, RFC 9207).
#[derive(Deserialize)]
pub(super) struct Returned {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Sends a browser to a service.
pub(super) async fn begin(
    visit: Visit,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
) -> Response {
    let site = &visit.frame.site;
    let (logins, now) = (&site.member_logins, site.now());
    let Some((name, service)) = logins.service(&name) else { return not_found(visit.frame).await };
    let redirect = match site.members_url() {
        Ok(url) => format!("{url}/login/back/{name}"),
        Err(error) => return visit.frame.fail(&error),
    };
    if !logins.brake().allows(&visit.from("begin"), MOST, now) {
        return too_often(&visit);
    }
    let to = welcome::page(wish.to.as_deref()).to_owned();
    let (id, handshake) = logins.handshakes().begin(name.clone(), redirect, to, now);
    match service.provider.begin(&handshake, now).await {
        Ok(url) => {
            let mut response = Redirect::to(&url).into_response();
            set(response.headers_mut(), Kept::Login, Some(&id), site.members_in_the_clear());
            response
        }
        Err(error) => failed(&visit, name.as_str(), &error),
    }
}

/// Takes a browser back that was sent to a service.
pub(super) async fn back(
    visit: Visit,
    headers: HeaderMap,
    Path(name): Path<String>,
    Query(returned): Query<Returned>,
) -> Response {
    let visit = visit.without_query();
    let site = &visit.frame.site;
    let (logins, now) = (&site.member_logins, site.now());
    let id = Kept::Login.sent(&headers, site.members_in_the_clear()).unwrap_or_default();
    let state = returned.state.as_deref().unwrap_or_default();
    let underway = logins.handshakes().take(id, &name, state, now);
    let (Some(underway), Some((name, service))) = (underway, logins.service(&name)) else {
        site.tell(&Event::LoginRefused {
            by: name.chars().filter(char::is_ascii_alphanumeric).take(32).collect(),
            why: "the browser came back from a login that was not begun in it, or is over".into(),
        });
        let words = visit.frame.texts.say("login-over");
        return page::wrong(&visit, StatusCode::BAD_REQUEST, &words);
    };
    let code = match (returned.code, returned.error) {
        (Some(code), None) => code,
        _ => {
            let words = visit.frame.texts.fill("login-denied", &[("service", &service.title)]);
            return page::wrong(&visit, StatusCode::FORBIDDEN, &words);
        }
    };
    let came = Back { code, issuer: returned.iss };
    match service.provider.finish(&underway.handshake, &came, now).await {
        Ok(identity) => {
            let by = name.to_string();
            welcome::by_addresses(&visit, by, identity.emails, &underway.to).await
        }
        Err(error) => failed(&visit, name.as_str(), &error),
    }
}

/// Says that it did not work; why is in the log.
fn failed(visit: &Visit, name: &str, error: &IdentityError) -> Response {
    let (site, texts) = (&visit.frame.site, visit.frame.texts);
    let why = error.to_string();
    site.tell(&Event::LoginRefused { by: name.to_owned(), why });
    let (status, words) = match error {
        IdentityError::Refused(_) => (StatusCode::BAD_REQUEST, texts.say("login-over")),
        IdentityError::Unbelievable(_) => (StatusCode::FORBIDDEN, texts.say("login-not-believed")),
        IdentityError::Down(_) | IdentityError::Misconfigured(_) => {
            (StatusCode::BAD_GATEWAY, texts.say("login-down"))
        }
    };
    page::wrong(visit, status, &words)
}

/// Says to wait.
pub(super) fn too_often(visit: &Visit) -> Response {
    let words = visit.frame.texts.say("login-too-often");
    page::wrong(visit, StatusCode::TOO_MANY_REQUESTS, &words)
}
