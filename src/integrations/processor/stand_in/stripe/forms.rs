//! The forms that errors and events have.

use serde_json::json;

use crate::integrations::processor::stand_in::{answered::Answered, books::Books};

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

impl Books {
    /// Notes that something happened.
    pub(super) fn happened(&mut self, kind: &str, object: serde_json::Value) {
        let (id, created) = (self.id("evt_"), self.now.as_second());
        let event = json!({
            "id": id, "object": "event", "type": kind, "created": created,
            "data": { "object": object },
        });
        self.add("events", event);
    }
}
