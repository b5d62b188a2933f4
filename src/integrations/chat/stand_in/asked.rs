//! A request, taken apart.

use hyper::http::request::Parts;
use serde_json::Value;

/// A request.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) secret: Option<String>,
    fields: Vec<(String, String)>,
    pub(super) json: Value,
}

impl Asked {
    /// Takes a request apart.
    pub(super) fn new(parts: &Parts, body: &[u8]) -> Self {
        let header = |name: &str| {
            let value = parts.headers.get(name).and_then(|it| it.to_str().ok());
            value.map(ToOwned::to_owned)
        };
        let is_json = header("content-type").is_some_and(|it| it.starts_with("application/json"));
        let form = if is_json { &[][..] } else { body };
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let fields =
            [query, form].into_iter().flat_map(|it| form_urlencoded::parse(it).into_owned());
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            secret: header("authorization")
                .and_then(|it| it.strip_prefix("Bearer ").map(ToOwned::to_owned)),
            fields: fields.collect(),
            json: serde_json::from_slice(body).unwrap_or_default(),
        }
    }

    /// Returns a field.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Returns what was asked for: the method of the Web API, or the path.
    pub(super) fn what(&self) -> String {
        self.path.strip_prefix("/api/").unwrap_or(&self.path).to_owned()
    }
}
