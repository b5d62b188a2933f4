//! The interface for controllers: the devices of facilities that ask by HTTP, GET or POST
//! (access-system.md "API/UI").
//!
//! Whatever comes is answered in the form of that document, with a final line break and the length,
//! since small controllers need both. A controller is known by its address, which the facility's
//! record names.

mod answer;
mod controller;
mod params;
mod verify;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::Site;

/// Returns what is served to controllers.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new().route("/verify", get(verify::verify).post(verify::verify))
}
