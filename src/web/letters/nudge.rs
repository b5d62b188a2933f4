//! `/nudge_member/0042`: asks a member why nothing was paid, once a day.

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

/// Asks, and tells whether there is such a member and what became of it.
pub(super) async fn nudge(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
) -> Result<Json<Sent>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = sent::member(&head, &member)?;
        let asked = Asked { dry_run: false, author: Some(&visitor.author) };
        let whom = (id, false);
        let report = at_once::nudge(&site.store, &head, whom, &asked, site.now(), &())?;
        Ok(Json(Sent::of(id, report)))
    })
    .await
}
