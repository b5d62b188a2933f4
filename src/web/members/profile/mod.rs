//! What a space knows about whoever is logged in: one file a section.

mod access;
mod chat;
mod data;
mod dues;
mod held;
mod leave;
mod lost;
mod notes;
mod page;
mod pay;
mod told;
mod visits;
mod who;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::web::Site;

/// Returns the pages.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/profile", get(page::page))
        .route("/profile/data", get(data::download))
        .route("/profile/lost", post(lost::lost))
        .route("/profile/visits", get(visits::page))
        .route(pay::PAGE, get(pay::page))
        .route(pay::GO, get(pay::go))
        .route("/profile/leave", get(leave::page).post(leave::ask))
}
