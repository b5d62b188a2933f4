//! "Edit me": what members change about themselves, and what they ask for.

mod address;
mod commit;
mod form;
mod page;
mod preview;
mod read;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::web::Site;

pub(super) use address::confirm_address;

/// Returns the page.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new().route("/editme", get(page::page).post(page::submit))
}
