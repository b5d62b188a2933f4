//! The interface for controllers: the devices of facilities that ask by HTTP, GET or POST
//! (requirements.md A-20 and those that follow).
//!
//! Whatever comes is answered in the form that such controllers know, with status 200, a final line break and
//! the length, since small controllers read nothing else. A controller is known by its address, which
//! the facility's record names, or by what it signs with.

mod answer;
mod asked;
mod induct;
mod msg_log;
mod params;
mod signature;
mod token;
mod tool_access;
mod verify;

pub use params::Params;
pub(super) use signature::Signatures;

use std::sync::Arc;

use axum::{Router, routing::any};
use tower_http::catch_panic::CatchPanicLayer;

use super::Site;

/// Returns what is served to controllers.
pub(super) fn router() -> Router<Arc<Site>> {
    guarded(
        Router::new()
            .route("/verify", any(verify::verify))
            .route("/induct", any(induct::induct))
            .route("/msg_log", any(msg_log::msg_log))
            .route("/msglog", any(msg_log::msg_log))
            .route("/tool_access", any(tool_access::tool_access)),
    )
}

/// Answers in the same form if this program has a fault.
fn guarded<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(CatchPanicLayer::custom(answer::fault))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;

    use super::*;

    async fn broken() -> answer::Answer<()> {
        panic!("a detail")
    }

    #[tokio::test]
    async fn a_fault_is_answered_in_the_same_form() {
        let router = guarded(Router::new().route("/verify", any(broken)));
        let request = axum::http::Request::get("/verify").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        let body = to_bytes(response.into_body(), 1_000).await.unwrap();
        let text = std::str::from_utf8(&body).unwrap();
        assert!(text.ends_with("}\n") && !text.contains("a detail"), "{text}");
        let answer: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!((&answer["access"], &answer["allowed"]), (&0.into(), &0.into()));
    }
}
