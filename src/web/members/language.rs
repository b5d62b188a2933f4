//! Which language a page is in: that of the switch, of the cookie that keeps it, of the browser, or
//! of the space.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};

use crate::{domain::model::Language, web::InForce};

/// The name of the cookie, and of the parameter of the switch.
pub(super) const NAME: &str = "language";

/// Returns the language for a request.
pub(super) fn of(uri: &Uri, headers: &HeaderMap, in_force: Option<&InForce>) -> Language {
    let wanted = switched(uri).or_else(|| kept(headers));
    let browser = || Language::preferred(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    let space = || Some(in_force?.space.as_ref()?.language);
    wanted.or_else(browser).or_else(space).unwrap_or_default()
}

/// Keeps the choice of the switch in a cookie.
pub(super) async fn remember(request: Request, next: Next) -> Response {
    let switched = switched(request.uri());
    let mut response = next.run(request).await;
    if let Some(language) = switched {
        // Not `Secure`: it is no secret, and it has to last on this machine without TLS.
        let cookie = format!("{NAME}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn switched(uri: &Uri) -> Option<Language> {
    let mut values = form_urlencoded::parse(uri.query()?.as_bytes());
    values.find(|(name, _)| name == NAME)?.1.parse().ok()
}

fn kept(headers: &HeaderMap) -> Option<Language> {
    cookie(headers, NAME)?.parse().ok()
}

/// Returns the value of a cookie (RFC 6265 §4.2).
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|(it, _)| *it == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_counts_before_the_cookie_and_the_cookie_before_the_browser() {
        let headers = |all: &[(header::HeaderName, &'static str)]| -> HeaderMap {
            all.iter().map(|(name, it)| (name.clone(), HeaderValue::from_static(it))).collect()
        };
        let german = [(header::ACCEPT_LANGUAGE, "de-DE,de;q=0.9")];
        let both = [german[0].clone(), (header::COOKIE, "a=b; language=en")];
        let uri = |text: &'static str| Uri::from_static(text);
        for (path, sent, expected) in [
            ("/register", &[][..], Language::English),
            ("/register", &german[..], Language::German),
            ("/register", &both[..], Language::English),
            ("/register?language=de", &both[..], Language::German),
            ("/register?language=xx", &german[..], Language::German),
        ] {
            assert_eq!(of(&uri(path), &headers(sent), None), expected, "{path} {sent:?}");
        }
    }
}
