//! `/membership_status_update`: the review of the previous month, for the directors by e-mail and for
//! whoever asks as JSON.

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Serialize;
use serde_json::Value;

use crate::{
    app::notice::review,
    web::{Site, answer::Problem, fault, login::Visitor},
};

/// The review, and how many directors got it just now.
#[derive(Serialize)]
pub(super) struct Reviewed {
    /// How many e-mails were sent. Directors who had it already do not get it again.
    sent: usize,
    /// How many e-mails could not be sent.
    unsent: usize,
    /// The numbers.
    review: Value,
}

/// Sends the review to those directors who have not got it, and shows it.
pub(super) async fn review(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Json<Reviewed>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let done = review::send(&site.store, &head, &visitor.author, site.now(), &());
        let (review, statuses) = done?;
        let sent = statuses.iter().filter(|it| it.fate == "sent").count();
        Ok(Json(Reviewed { sent, unsent: statuses.len() - sent, review }))
    })
    .await
}
