//! Recent activity.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::frame;
use crate::web::Site;

/// Shows what happened lately.
pub(super) async fn page(State(site): State<Arc<Site>>) -> Markup {
    let name = site.in_force().map(|it| it.name.clone()).unwrap_or_default();
    frame::page(&name, "Activity", &html! { p { "Nothing has happened yet." } })
}
