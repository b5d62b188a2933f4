//! The panel for volunteers (door-refactor.md "Web Admin Interface"): one file a page, rendered here,
//! complete without JavaScript.

mod activity;
mod fields;
mod forms;
mod frame;
mod import;
mod requirements;
mod simulator;
mod table;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tower_http::csrf::CsrfLayer;

use super::{Site, assets, login};

/// Returns the pages.
pub(super) fn router(site: &Arc<Site>) -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(activity::page))
        .route("/requirements", get(requirements::page))
        .route("/simulator", get(simulator::page).post(simulator::page))
        .route(import::PATH, get(import::form).post(import::upload))
        .route("/payments/import/commit", post(import::commit))
        .layer(DefaultBodyLimit::max(import::MOST_BYTES))
        .merge(forms::router())
        .fallback(frame::not_found)
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(site), login::require_login))
        .merge(assets::router())
        .layer(middleware::map_response(frame::secure))
}
