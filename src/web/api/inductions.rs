//! Inductions of members: who was shown how to use what, and by whom.

use std::sync::Arc;

use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    change::{Changed, How, Request},
    extract::{At, InPath, Sent},
    members::existing,
};
use crate::{
    app::zone,
    domain::{
        model::{RecordPath, Slug},
        ops,
        records::Records as _,
    },
    store::Revision,
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// An induction.
#[derive(Serialize, ToSchema)]
#[schema(as = Induction)]
pub(super) struct Shown {
    /// The facility.
    facility: String,
    /// The day on which it was given.
    on: String,
    /// The number of the member who gave it, if that was recorded.
    by: Option<String>,
    /// Whether this member may induct others.
    inductor: bool,
}

/// The inductions of a member.
#[derive(Serialize, ToSchema)]
pub(super) struct Inductions {
    inductions: Vec<Shown>,
}

/// A new induction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInduction {
    /// The day on which it was given; today by default.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// The number of the inductor who gave it.
    by: Option<String>,
    /// Whether this member may induct others from now on.
    #[serde(default)]
    inductor: bool,
}

/// List a member's inductions
#[utoipa::path(
    get, path = "/members/{member}/inductions", tag = "records",
    params(("member" = String, Path, description = "the number")),
    responses((status = 200, body = Inductions)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InPath(member): InPath<String>,
) -> Result<At<Inductions>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let (folder, _) = head.member(existing(&head, &member)?);
        let all = folder.map(|it| it.inductions).unwrap_or_default().into_iter();
        let shown = all.map(|(facility, it)| Shown {
            facility: facility.to_string(),
            on: it.on.to_string(),
            by: it.by.map(|id| id.to_string()),
            inductor: it.inductor,
        });
        let inductions = shown.collect();
        Ok(At(head.id(), Inductions { inductions }))
    })
    .await
}

/// Record an induction, or make an inducted member an inductor
#[utoipa::path(
    put, path = "/members/{member}/inductions/{facility}", tag = "changes",
    params(
        ("member" = String, Path, description = "the number"),
        ("facility" = String, Path, description = "the short name"),
        How,
    ),
    request_body = NewInduction,
    responses((status = 200, body = Changed)),
)]
pub(super) async fn add(
    request: Request,
    InPath((member, facility)): InPath<(String, String)>,
    Sent(new): Sent<NewInduction>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |site, head| {
            let today = site.now().to_zoned(zone::of(head)?).date();
            let request = ops::induction::Add {
                member: existing(head, &member)?,
                facility: facility_of(head, &facility)?,
                on: new.on.unwrap_or(today),
                by: new.by.map(|it| it.parse()).transpose().map_err(Fault::invalid)?,
                inductor: new.inductor,
            };
            Ok(ops::induction::add(head, request)?)
        })
        .await
}

/// Revoke an induction
#[utoipa::path(
    delete, path = "/members/{member}/inductions/{facility}", tag = "changes",
    params(
        ("member" = String, Path, description = "the number"),
        ("facility" = String, Path, description = "the short name"),
        How,
    ),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn revoke(
    request: Request,
    InPath((member, facility)): InPath<(String, String)>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |_, head| {
            let (member, facility) = (existing(head, &member)?, facility_of(head, &facility)?);
            if !head.exists(&RecordPath::Induction(member, facility.clone())) {
                return Err(Fault::missing("the member has no such induction"));
            }
            Ok(ops::induction::revoke(head, member, &facility)?)
        })
        .await
}

fn facility_of(head: &Revision<'_>, text: &str) -> Result<Slug, Fault> {
    let known =
        text.parse().ok().filter(|it: &Slug| head.exists(&RecordPath::Facility(it.clone())));
    known.ok_or_else(|| Fault::missing("there is no such facility"))
}
