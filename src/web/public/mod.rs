//! What everybody may know about the space: `/spaceapi.json`, in version 15 of SpaceAPI
//! (<https://spaceapi.io/docs>). What is in it is a setting; nobody's name ever is.

mod known;
mod openness;
mod sensors;
mod space_api;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use super::{Site, answer::Problem};
use openness::Openness;

/// Returns what is served to everybody.
pub(super) fn router(site: &Arc<Site>) -> Router<Arc<Site>> {
    let openness = Arc::new(Openness::default());
    tokio::spawn(openness::watch(Arc::clone(site), Arc::clone(&openness)));
    Router::new().route("/spaceapi.json", get(show)).layer(Extension(openness))
}

/// Shows the status of the space to everybody, pages of other sites among them.
async fn show(
    State(site): State<Arc<Site>>,
    Extension(openness): Extension<Arc<Openness>>,
) -> Response {
    let mut response = match document(&site, &openness).await {
        Ok(document) => ([(header::CONTENT_TYPE, "application/json")], document).into_response(),
        Err(problem) => problem.into_response(),
    };
    let all = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
    let minute = HeaderValue::from_static("public, max-age=30");
    response.headers_mut().insert(header::CACHE_CONTROL, minute);
    response
}

async fn document(site: &Arc<Site>, openness: &Arc<Openness>) -> Result<String, Problem> {
    let Some(public) = site.logins.config().public.clone() else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "this space publishes no status"));
    };
    if let Some(document) = openness.document() {
        return Ok(document.to_string());
    }
    let known = openness.known();
    let shown = site.work(move |site| space_api::of(site, &public, &known)).await;
    let unavailable = |why: String| Problem::new(StatusCode::SERVICE_UNAVAILABLE, why);
    let shown = shown.map_err(|error| unavailable(error.message))?;
    serde_json::to_string(&shown).map_err(|error| unavailable(error.to_string()))
}
