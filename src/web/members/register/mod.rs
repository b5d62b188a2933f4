//! Joining: the form, the children, the link in the mail, and what somebody is told who has joined
//! (requirements.md ).

mod brake;
mod child;
mod confirm;
mod dues;
mod end;
mod faults;
mod form;
mod inputs;
mod names;
mod send;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::web::Site;
use brake::Brake;
use names::{CHILD, CONFIRM, PATH};

/// The greatest form that is read, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// Returns the pages.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(PATH, get(form::page).post(form::submit))
        .route("/register/dues", post(dues::part))
        .route(CHILD, get(child::page).post(child::submit))
        .route(CONFIRM, get(confirm::page).post(confirm::submit))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(Extension(Arc::new(Brake::default())))
}
