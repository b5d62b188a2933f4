//! Letters that a script or an admin asks for (requirements.md A-41, requirements.md A-44), for the role
//! admin. Answers are JSON.

mod review;
mod sent;
mod to_member;

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::any,
};

use super::{
    Site,
    answer::Problem,
    login::{self, Visitor},
};
use crate::config::Role;

/// Returns what is served to admins and their scripts.
pub(super) fn router(site: &Arc<Site>) -> Router<Arc<Site>> {
    let login = middleware::from_fn_with_state(Arc::clone(site), login::require_login);
    Router::new()
        .route("/resendemail/{member}", any(to_member::resend))
        .route("/nudge_member/{member}", any(to_member::nudge))
        .route("/membership_status_update", any(review::review))
        .route_layer(middleware::from_fn(for_admins))
        .route_layer(login)
}

/// Lets only admins through, and no page of another site that makes an admin's browser ask: these
/// letters go out on GET, as documented.
async fn for_admins(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|it| it != "same-origin" && it != "none") {
        return Problem::new(StatusCode::FORBIDDEN, "another site asked for this").into_response();
    }
    let is_admin = request.extensions().get::<Visitor>().is_some_and(|it| it.role >= Role::Admin);
    if !is_admin {
        return Problem::new(StatusCode::FORBIDDEN, "your login may not do this").into_response();
    }
    next.run(request).await
}
