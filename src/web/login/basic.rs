//! Reads what a browser sends: the name and password of HTTP Basic authentication (RFC 7617).

use axum::http::{HeaderMap, header::AUTHORIZATION};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The longest name and password together, in bytes.
const LONGEST: usize = 1_000;

/// Returns the name and the password of a request, if it has any that can be read.
pub(super) fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let text = value(headers, "basic")?;
    let bytes = STANDARD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// Returns the token of a request (RFC 6750), if it has one.
pub(in crate::web) fn bearer(headers: &HeaderMap) -> Option<&str> {
    value(headers, "bearer")
}

fn value<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let (given, value) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (given.eq_ignore_ascii_case(scheme) && value.len() <= LONGEST).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, value.parse().unwrap());
        credentials(&headers)
    }

    #[test]
    fn a_password_may_have_colons_and_umlauts() {
        let encoded = |text: &str| format!("basic {}", STANDARD.encode(text));
        let known = |name: &str, password: &str| Some((name.to_owned(), password.to_owned()));
        assert_eq!(read(&encoded("ada:a:b")), known("ada", "a:b"));
        assert_eq!(read(&encoded("ada:übel")), known("ada", "übel"));
        assert_eq!(read("Basic QWRhOg=="), known("Ada", ""));
        for wrong in ["Basic", "Basic ?", "Bearer QWRhOg==", "Basic QWRh", &encoded("ada")] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&encoded(&"a:".repeat(1_000))), None);
    }
}
