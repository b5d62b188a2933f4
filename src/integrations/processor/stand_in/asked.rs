//! A request, taken apart.

use hyper::http::request::Parts;
use serde_json::Value;

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Fields,
    pub(super) form: Fields,
    /// The body, if it is JSON.
    pub(super) body: Value,
    pub(super) key: Option<String>,
    pub(super) secret: Option<String>,
    pub(super) version: Option<String>,
}

/// The fields of a form or a query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Asked {
    /// Takes a request apart.
    pub(super) fn new(parts: &Parts, body: &[u8]) -> Self {
        let header = |name: &str| {
            let value = parts.headers.get(name).and_then(|it| it.to_str().ok());
            value.map(ToOwned::to_owned)
        };
        let secret = header("authorization");
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: Fields::read(parts.uri.query().unwrap_or_default().as_bytes()),
            form: Fields::read(body),
            body: serde_json::from_slice(body).unwrap_or_default(),
            key: header("idempotency-key"),
            secret: secret.and_then(|it| it.strip_prefix("Bearer ").map(ToOwned::to_owned)),
            version: header("stripe-version").or_else(|| header("gocardless-version")),
        }
    }
}

impl Fields {
    fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Returns a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// Returns a field that is a number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    /// Returns the fields inside brackets: `metadata[reference]`.
    pub(super) fn inside(&self, name: &str) -> serde_json::Map<String, serde_json::Value> {
        let of = |(key, value): &(String, String)| {
            let inner = key.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?;
            Some((inner.to_owned(), value.clone().into()))
        };
        self.0.iter().filter_map(of).collect()
    }
}
