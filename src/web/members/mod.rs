//! The pages for those who join, and for members: in their language, complete without JavaScript.

mod documents;
mod dues_lines;
mod edit;
mod frame;
mod guests;
mod language;
mod login;
mod moment;
mod post;
mod profile;
mod register;
mod session;
mod stamp;

use std::sync::Arc;

use axum::{Router, middleware, routing::get};
use tower_http::csrf::CsrfLayer;

use super::{Site, secure::secure};

/// Returns the pages.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/house-rules", get(documents::house_rules))
        .route("/privacy", get(documents::privacy))
        .merge(register::router())
        .merge(edit::router())
        .merge(guests::router())
        .merge(login::router())
        .merge(profile::router())
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(language::remember))
        .layer(middleware::map_response(secure))
}

/// Answers for a page that does not exist.
pub(super) use frame::not_found;
pub(super) use login::MemberLogins;
