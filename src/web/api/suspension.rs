//! Suspensions: members who may not use the space for a while.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    change::{Changed, How, Request},
    extract::{At, InPath, Sent},
    members::existing,
};
use crate::{
    app::zone,
    domain::{model, ops},
    web::answer::Problem,
};

/// A suspension.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Suspension {
    /// The reason, which is not shown here again.
    reason: String,
    /// The first day; today by default.
    #[schema(value_type = Option<String>, format = Date)]
    since: Option<Date>,
    /// The first day on which the member may come again; by default, somebody has to end it.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

/// Suspend a member: until that ends, the member's credentials open nothing
#[utoipa::path(
    put, path = "/members/{member}/suspension", tag = "changes",
    params(("member" = String, Path, description = "the number"), How),
    request_body = Suspension,
    responses((status = 200, body = Changed)),
)]
pub(super) async fn suspend(
    request: Request,
    InPath(member): InPath<String>,
    Sent(suspension): Sent<Suspension>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |site, head| {
            let id = existing(head, &member)?;
            let today = site.now().to_zoned(zone::of(head)?).date();
            let Suspension { reason, since, until } = suspension;
            let times = model::Suspension { since: since.unwrap_or(today), until };
            Ok(ops::member::suspend(head, id, times, reason)?)
        })
        .await
}

/// End a suspension
#[utoipa::path(
    delete, path = "/members/{member}/suspension", tag = "changes",
    params(("member" = String, Path, description = "the number"), How),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn resume(
    request: Request,
    InPath(member): InPath<String>,
) -> Result<At<Changed>, Problem> {
    request.change(move |_, head| Ok(ops::member::resume(head, existing(head, &member)?)?)).await
}
