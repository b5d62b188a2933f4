//! Answers: an object, or an error in Stripe's form.

use serde_json::{Value, json};

/// An answer.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) object: Value,
}

/// Answers with an error.
pub(super) fn failure(status: u16, code: &str, message: &str) -> Answered {
    let kind = if status >= 500 { "api_error" } else { "invalid_request_error" };
    Answered {
        status,
        object: json!({ "error": { "type": kind, "code": code, "message": message } }),
    }
}

/// Answers that there is no such object.
pub(super) fn missing(kind: &str, id: &str) -> Answered {
    failure(404, "resource_missing", &format!("No such {}: '{id}'", kind.trim_end_matches('s')))
}

/// Answers with an object.
pub(super) fn good(object: Value) -> Answered {
    Answered { status: 200, object }
}
