//! Members: the list, one member, and their personal data for whoever gives a reason.

mod access;
mod actions;
mod list;
mod one;
mod reveal;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::web::Site;

/// Returns the pages about members.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/members", get(list::page))
        .route("/members/{id}", get(one::page))
        .route("/members/{id}/access", get(access::page))
        .route("/members/{id}/reveal", post(reveal::page))
        .route("/reveals", get(reveal::list))
}
