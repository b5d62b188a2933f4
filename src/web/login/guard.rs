//! Lets nobody in without a login.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

use super::{Peer, Visitor, basic, password};
use crate::{
    store::Author,
    web::{Event, Site},
};

/// The challenge of a browser's dialogue.
const CHALLENGE: &str = "Basic realm=\"space\", charset=\"UTF-8\"";

/// Asks for a name and a password, and tells those behind it who asks.
pub(in crate::web) async fn require_login(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let Some((name, given)) = basic::credentials(request.headers()) else { return challenge() };
    let address = peer.and_then(|it| it.asker(request.headers()));
    match check(&site, &name, given, address).await {
        Ok(Some(visitor)) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Ok(None) => challenge(),
        Err(wait) => {
            let seconds = wait.as_secs().max(1);
            let words = format!("too many wrong passwords: try again in {seconds} s\n");
            let headers = [(header::RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, headers, words).into_response()
        }
    }
}

fn challenge() -> Response {
    let headers = [(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE))];
    (StatusCode::UNAUTHORIZED, headers, "log in with your name and password\n").into_response()
}

/// Returns who it is, if the password is right; or how long to wait.
async fn check(
    site: &Arc<Site>,
    name: &str,
    given: String,
    address: Option<std::net::IpAddr>,
) -> Result<Option<Visitor>, SignedDuration> {
    let logins = &site.logins;
    let config = logins.config();
    let login = config.logins.iter().find(|(it, _)| it.as_str() == name).map(|(_, it)| it);
    let visitor = || {
        login.map(|it| Visitor {
            login: name.to_owned(),
            role: it.role,
            author: Author {
                name: it.name.clone().unwrap_or_else(|| name.to_owned()),
                email: it.email.clone().unwrap_or_else(|| format!("{name}@panel.invalid")),
            },
        })
    };
    if login.is_some() && logins.verdicts().knows(name, &given, site.now()) {
        return Ok(visitor());
    }
    // Whoever has to wait must not keep others from being verified.
    let wait = logins.attempts().wait(name, address, site.now());
    if wait > SignedDuration::ZERO {
        return Err(wait);
    }
    let Ok(place) = logins.place.acquire().await else { return Ok(None) };
    let wait = logins.attempts().wait(name, address, site.now());
    if wait > SignedDuration::ZERO {
        return Err(wait);
    }
    let hash = login.map_or(password::NOBODY, |it| &it.password).to_owned();
    let verified = tokio::task::spawn_blocking(move || (password::fits(&given, &hash), given));
    let (right, given) = verified.await.unwrap_or_default();
    drop(place);
    if right && login.is_some() {
        logins.attempts().succeed(name, address);
        logins.verdicts().remember(name, &given, site.now());
        return Ok(visitor());
    }
    let wait = logins.attempts().fail(name, address, site.now());
    let from = address.map_or_else(|| "the proxy".to_owned(), |it| it.to_string());
    site.tell(&Event::WrongPassword { from, wait: wait.as_secs().unsigned_abs() });
    Ok(None)
}

impl Peer {
    /// Returns the address of whoever asks: by the proxy's word, if there is a proxy.
    pub(in crate::web) fn asker(
        &self,
        headers: &axum::http::HeaderMap,
    ) -> Option<std::net::IpAddr> {
        if !self.behind_proxy {
            return self.address.map(|it| it.to_canonical());
        }
        // Only the last address is from our own proxy; whoever asks can make up the others.
        let all = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        let last = all.rsplit(',').next()?.trim();
        last.parse::<std::net::IpAddr>().ok().map(|it| it.to_canonical())
    }
}
