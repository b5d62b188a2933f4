//! `/resendemail/0042`: the confirmation with the payment details, once more.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, State},
};

use super::sent::{self, Sent};
use crate::{
    app::notice::at_once::{self, Asked},
    web::{Site, answer::Problem, fault, login::Visitor},
};

/// Sends it again, and tells whether there is such a member and what became of it.
pub(super) async fn resend(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
) -> Result<Json<Sent>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = sent::member(&head, &member)?;
        let asked = Asked { dry_run: false, author: Some(&visitor.author) };
        let report = at_once::resend(&site.store, &head, id, &asked, site.now(), &())?;
        Ok(Json(Sent::of(id, report)))
    })
    .await
}
