//! The files that pages refer to: their style, and one script that makes them livelier.

use std::sync::LazyLock;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// A file, under an address that changes with its content, so that browsers keep it for ever.
pub(super) struct Asset {
    pub(super) url: String,
    kind: &'static str,
    text: &'static str,
}

/// The style of all pages.
pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("space", "css", "text/css", include_str!("space.css")));

/// The library that loads parts of pages (htmx.org, its licence in `htmx.LICENSE`).
pub(super) static HTMX: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("htmx", "js", "text/javascript", include_str!("htmx.min.js")));

/// The script that shows the live parts of pages anew.
pub(super) static LIVE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("live", "js", "text/javascript", include_str!("live.js")));

impl Asset {
    fn new(name: &str, extension: &str, kind: &'static str, text: &'static str) -> Self {
        let hash = blake3::hash(text.as_bytes()).to_hex();
        let hash = hash.as_str().get(..12).unwrap_or_default();
        Self { url: format!("/assets/{name}-{hash}.{extension}"), kind, text }
    }

    fn answer(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, self.kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        (headers, self.text).into_response()
    }
}

/// Returns the files.
pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let all = [&STYLE, &HTMX, &LIVE];
    let add = |router: Router<S>, it: &'static LazyLock<Asset>| {
        router.route(&it.url, get(|| async { it.answer() }))
    };
    let nothing = get(|| async { StatusCode::NO_CONTENT });
    all.into_iter().fold(Router::new(), add).route("/favicon.ico", nothing)
}
