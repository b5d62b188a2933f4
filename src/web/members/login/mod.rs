//! How members log in: by other services that know who they are, or by a link in a mail.

mod brake;
mod handshakes;
mod link;
mod logins;
mod logout;
mod mail;
mod page;
mod service;
mod welcome;
mod whose;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

pub(in crate::web::members) use brake::{Brake, household};
pub(in crate::web) use logins::MemberLogins;

use super::post::LINK;
use crate::web::Site;

/// Returns the pages.
pub(super) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/login", get(page::page))
        .route("/login/with/{service}", get(service::begin))
        .route("/login/back/{service}", get(service::back))
        .route("/login/mail", post(mail::send))
        .route(LINK, get(link::page).post(link::follow))
        .route("/logout", get(logout::page).post(logout::here))
        .route("/logout/everywhere", post(logout::everywhere))
}
