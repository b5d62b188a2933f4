//! What browsers keep: the id of a session, and the id of a login that is under way.
//!
//! With `https://`, the names begin with `__Host-`: browsers then send them encrypted only, to this
//! host only, and no other host can set them. On this machine there is no encryption, so the names are
//! plain there.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::web::members::language::cookie;

/// Something that a browser keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::web::members) enum Kept {
    /// The session.
    Session,
    /// The login that is under way.
    Login,
}

impl Kept {
    /// Returns the name; `is_here` says that there is no encryption.
    const fn name(self, is_here: bool) -> &'static str {
        match (self, is_here) {
            (Self::Session, false) => "__Host-space-session",
            (Self::Session, true) => "space-session",
            (Self::Login, false) => "__Host-space-login",
            (Self::Login, true) => "space-login",
        }
    }

    /// Returns for how many seconds browsers keep it.
    const fn seconds(self) -> u32 {
        match self {
            Self::Session => 30 * 24 * 60 * 60,
            Self::Login => 10 * 60,
        }
    }

    /// Returns what a browser sent.
    pub(in crate::web::members) fn sent(self, headers: &HeaderMap, is_here: bool) -> Option<&str> {
        cookie(headers, self.name(is_here)).filter(|it| !it.is_empty())
    }
}

/// Makes a browser keep a value, or forget it.
pub(in crate::web::members) fn set(
    headers: &mut HeaderMap,
    kept: Kept,
    value: Option<&str>,
    is_here: bool,
) {
    let (name, secure) = (kept.name(is_here), if is_here { "" } else { "; Secure" });
    let seconds = if value.is_some() { kept.seconds() } else { 0 };
    let value = value.unwrap_or_default();
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(text) = HeaderValue::from_str(&text) {
        headers.append(header::SET_COOKIE, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_hosts_can_neither_read_nor_set_it() {
        let mut headers = HeaderMap::new();
        set(&mut headers, Kept::Session, Some("0001.abc"), false);
        assert_eq!(
            headers[header::SET_COOKIE],
            "__Host-space-session=0001.abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"
        );
        let sent = HeaderValue::from_static("space-session=x; __Host-space-session=0001.abc");
        let headers: HeaderMap = [(header::COOKIE, sent)].into_iter().collect();
        assert_eq!(Kept::Session.sent(&headers, false), Some("0001.abc"));
        assert_eq!(Kept::Session.sent(&headers, true), Some("x"));
        assert_eq!(Kept::Login.sent(&headers, false), None);
    }
}
