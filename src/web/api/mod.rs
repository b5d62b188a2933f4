//! The interface for programs, `/api/v1/` (requirements.md D-96): one file for each kind of thing.
//!
//! Whoever asks has a token, which is made by `space web token` and may do what its scopes say. What
//! is read carries the commit that it is from as its `ETag`; a change may name that commit in
//! `If-Match`, and is refused with 412 if somebody has changed the same records since. Errors are
//! `application/problem+json` (RFC 9457) with the findings of the checks. The description at
//! `/api/v1/openapi.json` is made from the handlers.

mod activity;
mod change;
mod codes;
mod commits;
mod credentials;
mod decisions;
mod extract;
mod facilities;
mod inductions;
mod leaving;
mod members;
mod openapi;
mod payments;
mod program;
mod requirements;
mod suspension;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{delete, get, post, put},
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use super::{Site, answer::Problem, fault};
use crate::config::Scope;

/// The maximum size of what is sent, in bytes: a calendar fits.
const LONGEST: usize = 256 * 1024;

/// How long a request may take, the time to send it included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Returns what is served to programs.
pub(super) fn router(site: &Arc<Site>) -> Router<Arc<Site>> {
    let scoped = |scope, router: Router<Arc<Site>>| {
        let guard = middleware::from_fn_with_state((Arc::clone(site), scope), program::require);
        router.route_layer(guard)
    };
    let decisions = Router::new()
        .route("/facilities", get(facilities::list))
        .route("/facilities/{facility}", get(facilities::show))
        .route("/decisions", post(decisions::decide));
    let activity = Router::new().route("/activity", get(activity::list));
    let records = Router::new()
        .route("/members", get(members::list))
        .route("/members/{member}", get(members::show))
        .route("/members/{member}/credentials", get(credentials::list))
        .route("/members/{member}/inductions", get(inductions::list))
        .route("/requirements", get(requirements::list))
        .route("/requirements/{tag}", get(requirements::show));
    let changes = Router::new()
        .route("/members", post(members::add))
        .route("/members/{member}/suspension", put(suspension::suspend).delete(suspension::resume))
        .route("/members/{member}/leaving", put(leaving::leave).delete(leaving::rejoin))
        .route("/members/{member}/credentials", post(credentials::add))
        .route(
            "/members/{member}/inductions/{facility}",
            put(inductions::add).delete(inductions::revoke),
        )
        .route("/credentials/{tag}", delete(credentials::revoke))
        .route("/credentials/{tag}/code", put(codes::replace))
        .route("/commits/{commit}/undo", post(commits::undo))
        .route("/requirements/{tag}", put(requirements::set).delete(requirements::revoke));
    let payments =
        Router::new().route("/members/{member}/payments", get(payments::list).post(payments::add));
    let all = scoped(Scope::Decisions, decisions)
        .merge(scoped(Scope::Activity, activity))
        .merge(scoped(Scope::Records, records))
        .merge(scoped(Scope::Changes, changes))
        .merge(scoped(Scope::Payments, payments))
        .route("/openapi.json", get(openapi::show))
        .fallback(|| async { Problem::new(StatusCode::NOT_FOUND, "nothing is at this address") })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this cannot be done with it")
        })
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CatchPanicLayer::custom(fault::broken));
    Router::new().nest("/api/v1", all)
}
