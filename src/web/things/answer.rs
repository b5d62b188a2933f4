//! An answer to a controller: one line of JSON with its length.
//!
//! What a controller decides by comes first and the name last: some of them keep 200 bytes of an
//! answer and forget the rest.

use std::any::Any;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// An answer, always with status 200.
pub(super) struct Answer<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let kind =
            [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        let mut text = serde_json::to_string(&self.0).unwrap_or_default();
        text.push('\n');
        // axum adds the length of a text that it knows as a whole.
        (kind, text).into_response()
    }
}

/// Somebody's name.
#[derive(Serialize)]
pub(super) struct Named {
    pub(super) name: String,
}

/// The answer to `/verify`.
#[derive(Serialize, Default)]
pub(super) struct Verified {
    /// 1 if granted, else 0.
    pub(super) access: u8,
    /// 1 if the member may induct others to it, else 0.
    pub(super) trainer: u8,
    /// The same, by the name that newer controllers read.
    pub(super) inductor: u8,
    /// 1 if the controller may keep the answer, else 0.
    pub(super) cache: u8,
    /// The light that newer controllers show: 1 is green, 32 is red.
    pub(super) colour: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<Named>,
}

/// The answer to `/induct`.
#[derive(Serialize, Default)]
pub(super) struct Allowed {
    /// 1 if it was recorded, else 0.
    pub(super) allowed: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<Named>,
}

/// The answer to `/msg_log` and `/tool_access`.
#[derive(Serialize, Default)]
pub(super) struct Logged {
    /// 1 if it was kept, else 0.
    pub(super) logged: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

impl Answer<Verified> {
    /// Denies.
    pub(super) fn denied(error: impl Into<String>) -> Self {
        Self(Verified { colour: RED, error: Some(error.into()), ..Verified::default() })
    }
}

impl Answer<Allowed> {
    /// Refuses an induction.
    pub(super) fn refused(error: impl Into<String>) -> Self {
        Self(Allowed { error: Some(error.into()), ..Allowed::default() })
    }
}

impl Answer<Logged> {
    /// Says that it was kept.
    pub(super) fn logged() -> Self {
        Self(Logged { logged: 1, error: None })
    }

    /// Says that it was not kept.
    pub(super) fn ignored(error: impl Into<String>) -> Self {
        Self(Logged { logged: 0, error: Some(error.into()) })
    }
}

/// The light of whoever is granted access.
pub(super) const GREEN: u8 = 1;
/// The light of whoever is denied it.
pub(super) const RED: u8 = 32;

/// Answers after a fault in this program: no to every question.
pub(super) fn fault(_: Box<dyn Any + Send>) -> Response {
    #[derive(Serialize)]
    struct Fault {
        access: u8,
        allowed: u8,
        logged: u8,
        error: &'static str,
    }
    let error = "this broke off because of a fault in the program";
    Answer(Fault { access: 0, allowed: 0, logged: 0, error }).into_response()
}
