//! The panel for volunteers (requirements.md D-90 to D-97): one file a page, rendered here,
//! complete without JavaScript.

mod activity;
mod applications;
mod ask;
mod building;
mod clone_state;
mod download;
mod forms;
mod frame;
mod hardware;
mod history;
mod import;
mod link;
mod live;
mod log;
mod members;
mod next_step;
mod payments;
mod reasons;
mod recurrence;
mod reports;
mod requests;
mod requirements;
mod simulator;
mod stream;
mod table;
mod to_member;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::csrf::CsrfLayer;

use self::to_member::ToMember;
use super::{Site, login, secure::secure};

/// Returns the pages.
pub(super) fn router(site: &Arc<Site>) -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(activity::page))
        .route("/activity", get(activity::page))
        .route(applications::PATH, get(applications::page))
        .route("/applications/{id}", get(applications::one))
        .route("/applications/{id}/accept", post(applications::accept))
        .route("/applications/{id}/decline", post(applications::decline))
        .route("/ask", get(ask::form).post(ask::answer))
        .route("/building", get(building::page))
        .route("/download", get(download::form))
        .route("/download/activities", get(download::activities))
        .route("/hardware", get(hardware::page).post(hardware::operate))
        .route("/history", get(history::page))
        .route("/history/{commit}", get(history::change))
        .route("/live", get(live::events))
        .route("/log", get(log::page))
        .route(ToMember::Nudge.path(), ToMember::Nudge.route())
        .route(ToMember::Welcome.path(), ToMember::Welcome.route())
        .route(requests::PATH, get(requests::page))
        .route("/requests/{name}/accept", post(requests::accept))
        .route("/requests/{name}/decline", post(requests::decline))
        .route("/requirements", get(requirements::page))
        .route("/simulator", get(simulator::page).post(simulator::page))
        .route("/payments", get(payments::page))
        .merge(forms::router())
        .merge(import::router())
        .merge(members::router())
        .merge(reports::router())
        .fallback(frame::not_found)
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(site), login::require_login))
        .layer(middleware::map_response(secure))
}
