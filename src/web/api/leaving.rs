//! Members who leave, and who come back.

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
    domain::ops::{self, member::Credentials},
    web::answer::Problem,
};

/// The end of a membership.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Leaving {
    /// The first day without membership; today by default.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// Whether the credentials are revoked, so that others can be given the fobs. Those that are
    /// kept open nothing until the member returns.
    #[serde(default)]
    revoke_credentials: bool,
}

/// Record that a member leaves
#[utoipa::path(
    put, path = "/members/{member}/leaving", tag = "changes",
    params(("member" = String, Path, description = "the number"), How),
    request_body = Leaving,
    responses((status = 200, body = Changed)),
)]
pub(super) async fn leave(
    request: Request,
    InPath(member): InPath<String>,
    Sent(leaving): Sent<Leaving>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |site, head| {
            let today = site.now().to_zoned(zone::of(head)?).date();
            let revoke = leaving.revoke_credentials;
            let credentials = if revoke { Credentials::Revoke } else { Credentials::Keep };
            let (id, on) = (existing(head, &member)?, leaving.on.unwrap_or(today));
            Ok(ops::member::leave(head, id, on, credentials)?)
        })
        .await
}

/// Record that a member who left is back
#[utoipa::path(
    delete, path = "/members/{member}/leaving", tag = "changes",
    params(("member" = String, Path, description = "the number"), How),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn rejoin(
    request: Request,
    InPath(member): InPath<String>,
) -> Result<At<Changed>, Problem> {
    request.change(move |_, head| Ok(ops::member::rejoin(head, existing(head, &member)?)?)).await
}
