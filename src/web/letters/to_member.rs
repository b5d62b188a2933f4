//! `/nudge_member/0042` asks a member why nothing was paid, once a day; `/resendemail/0042` sends the
//! confirmation with the payment details once more.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, State},
};

use super::sent::{self, Sent};
use crate::{
    app::{
        AppError,
        notice::at_once::{self, Asked, DeliveryReport},
    },
    domain::model::MemberId,
    store::Revision,
    web::{Site, answer::Problem, fault, login::Visitor},
};

/// Asks about dues, and tells whether there is such a member and what became of it.
pub(super) async fn nudge(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
) -> Result<Json<Sent>, Problem> {
    send(site, visitor, member, |site, head, id, asked| {
        at_once::nudge(&site.store, head, (id, false), asked, site.now(), &())
    })
    .await
}

/// Sends the confirmation, and tells the same.
pub(super) async fn resend(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
) -> Result<Json<Sent>, Problem> {
    send(site, visitor, member, |site, head, id, asked| {
        at_once::resend(&site.store, head, id, asked, site.now(), &())
    })
    .await
}

/// How a letter is sent.
type Letter = fn(&Site, &Revision<'_>, MemberId, &Asked<'_>) -> Result<DeliveryReport, AppError>;

async fn send(
    site: Arc<Site>,
    visitor: Visitor,
    member: String,
    letter: Letter,
) -> Result<Json<Sent>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let id = sent::member(&head, &member)?;
        let asked = Asked { dry_run: false, author: Some(&visitor.author) };
        Ok(Json(Sent::of(id, letter(site, &head, id, &asked)?)))
    })
    .await
}
