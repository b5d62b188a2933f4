//! Errors as answers: a page for people, `application/problem+json` for programs.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::AppError,
    domain::model::{Advice, Finding},
    store::ErrorKind,
};

/// Returns the status for an error.
pub(super) const fn status(error: &AppError) -> StatusCode {
    match error.kind {
        ErrorKind::Unchanged | ErrorKind::User => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Busy | ErrorKind::Overtaken => StatusCode::CONFLICT,
        ErrorKind::Committed => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorKind::Data | ErrorKind::Internal => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// A problem, as RFC 9457 writes it.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// What is wrong, in a sentence.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What the checks found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>, required = false)]
    findings: Vec<Finding>,
}

impl Problem {
    /// Makes a problem of a title.
    pub(super) fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self { title: title.into(), status: status.as_u16(), detail: None, findings: Vec::new() }
    }

    /// Makes a problem of an error.
    pub(super) fn of(error: &AppError, words: impl Fn(&Advice) -> String) -> Self {
        Self {
            detail: error.advice.as_ref().map(words),
            findings: error.findings.clone(),
            ..Self::new(status(error), error.message.clone())
        }
    }
}

impl Problem {
    /// Returns the same problem with another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status: status.as_u16(), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
