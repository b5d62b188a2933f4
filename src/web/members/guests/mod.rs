//! Guests of members: a passcode for a few hours. Off unless the space says otherwise.

mod passcode;
mod passes;
mod sponsor;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::web::Site;

/// Returns the pages.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/guests", get(passes::page).post(sponsor::sponsor))
        .route("/guests/end", post(passes::end))
}
