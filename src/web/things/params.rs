//! The parameters of a controller's request: in the address, or in a form.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
};
use tokio::time::timeout;

/// The maximum size of a form, in bytes.
const LONGEST: usize = 8 * 1024;

/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// The parameters, each with its last value.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads those in the address and in the body; a body that is too long, too slow or broken off
    /// has none.
    pub(super) async fn of(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let body: Body = body;
        let form = match timeout(PATIENCE, to_bytes(body, LONGEST)).await {
            Ok(Ok(form)) => form,
            _ => Default::default(),
        };
        Self::parse(head.uri.query().unwrap_or_default().as_bytes(), &form)
    }

    /// Reads two texts in the form `a=b&c=d`.
    #[must_use]
    pub fn parse(query: &[u8], form: &[u8]) -> Self {
        let pairs = |text| form_urlencoded::parse(text).into_owned();
        Self(pairs(query).chain(pairs(form)).collect())
    }

    /// Returns a parameter without blanks around it, unless it is missing or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns what a controller signs (`signature.rs`); `None` if that could be taken for something
    /// else.
    #[must_use]
    pub fn signed_text(&self, method: &str, path: &str) -> Option<String> {
        let mut text = format!("{method} {path}\n");
        for (name, value) in self.0.iter().filter(|(name, _)| *name != "mac") {
            if [name, value].iter().any(|it| it.contains('\n')) || name.contains('=') {
                return None;
            }
            text.extend([name, "=", value, "\n"]);
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_form_counts_more_than_what_is_in_the_address() {
        let params = Params::parse(b"thing=laser&token=+1+&token=2&x", b"thing=frontdoor");
        assert_eq!(params.get("thing"), Some("frontdoor"));
        assert_eq!(params.get("token"), Some("2"));
        assert_eq!((params.get("x"), params.get("y")), (None, None));
        let signed = params.signed_text("GET", "/verify").unwrap();
        assert_eq!(signed, "GET /verify\nthing=frontdoor\ntoken=2\nx=\n");
    }

    #[test]
    fn garbage_is_no_reason_to_stop() {
        for bytes in [&b"%%%=%zz&\xff\xfe=\x00"[..], b"&&&==&", &[b'='; 9_000]] {
            let _ = Params::parse(bytes, bytes);
        }
    }
}
