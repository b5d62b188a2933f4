//! An answer to a controller: one line of JSON with its length.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::Value;

/// An answer, always with status 200: the controllers of that system read nothing else.
pub(super) struct Answer(pub(super) Value);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let kind =
            [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        // axum adds the length of a text that it knows as a whole.
        (kind, format!("{}\n", self.0)).into_response()
    }
}
