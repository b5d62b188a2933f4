//! Credentials of members. Their codes can be given, and never be read.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    change::{Changed, How, Request},
    decisions::CodeKind,
    extract::{At, InPath, Sent},
    members::existing,
};
use crate::{
    app::{look_up, new_code},
    domain::{
        model::{Code, CredentialType, Grant, MemberId, Priority, RecordPath, Tag},
        ops::{self, credential::Which},
        records::Records as _,
    },
    store::Revision,
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// A credential, without its code.
#[derive(Serialize, ToSchema)]
#[schema(as = Credential)]
pub(super) struct Shown {
    /// What it is revoked by.
    tag: String,
    /// Fob or passcode.
    #[serde(rename = "type")]
    #[schema(value_type = CodeKind)]
    kind: CredentialType,
    /// What it opens, and when.
    grants: Vec<GrantShown>,
}

/// Leave to open a facility, while `effective <= now < expiration`.
#[derive(Serialize, ToSchema)]
#[schema(as = Grant)]
pub(super) struct GrantShown {
    /// The facility.
    facility: String,
    /// The priority that is compared with the facility's requirement.
    priority: Priority,
    /// The first moment at which it counts.
    effective: String,
    /// The first moment at which it no longer counts; null means never.
    expiration: Option<String>,
}

/// The credentials of a member.
#[derive(Serialize, ToSchema)]
pub(super) struct Credentials {
    credentials: Vec<Shown>,
}

/// A new credential.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCredential {
    /// Fob or passcode.
    #[serde(rename = "type")]
    #[schema(value_type = CodeKind)]
    kind: CredentialType,
    /// The number of the fob, in any spelling, or the digits of the passcode.
    code: String,
    /// What it shall be revoked by; a random one by default.
    tag: Option<String>,
    /// What it opens, and when.
    #[schema(min_items = 1)]
    grants: Vec<NewGrant>,
}

/// Leave to open a facility.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewGrant {
    /// The facility.
    facility: String,
    /// The priority that is compared with the facility's requirement; 1 by default.
    priority: Option<Priority>,
    /// The first moment at which it counts; now by default.
    #[schema(value_type = Option<String>, format = DateTime)]
    effective: Option<Timestamp>,
    /// The first moment at which it no longer counts; never by default.
    #[schema(value_type = Option<String>, format = DateTime)]
    expiration: Option<Timestamp>,
}

/// List a member's credentials
#[utoipa::path(
    get, path = "/members/{member}/credentials", tag = "records",
    params(("member" = String, Path, description = "the number")),
    responses((status = 200, body = Credentials)),
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    InPath(member): InPath<String>,
) -> Result<At<Credentials>, Problem> {
    fault::work(&site, move |site| {
        let head = site.store.read(site.store.head()?)?;
        let (folder, _) = head.member(existing(&head, &member)?);
        let grant = |it: Grant| GrantShown {
            facility: it.facility.to_string(),
            priority: it.priority,
            effective: it.effective.to_string(),
            expiration: it.expiration.map(|at| at.to_string()),
        };
        let all = folder.map(|it| it.credentials).unwrap_or_default().into_iter();
        let credentials = all.map(|(tag, it)| Shown {
            tag: tag.to_string(),
            kind: it.kind,
            grants: it.grants.into_iter().map(grant).collect(),
        });
        let credentials = credentials.collect();
        Ok(At(head.id(), Credentials { credentials }))
    })
    .await
}

/// Give a member a credential
#[utoipa::path(
    post, path = "/members/{member}/credentials", tag = "changes",
    params(("member" = String, Path, description = "the number"), How),
    request_body = NewCredential,
    responses((status = 200, body = Changed, description = "what would be changed"),
              (status = 201, body = Changed)),
)]
pub(super) async fn add(
    request: Request,
    InPath(member): InPath<String>,
    Sent(new): Sent<NewCredential>,
) -> Result<(StatusCode, At<Changed>), Problem> {
    request
        .add(move |site, head| {
            let member = existing(head, &member)?;
            let code = Code::parse(new.kind, &new.code).map_err(Fault::invalid)?;
            let code = new_code::accept(code, &look_up::space(head)?)?;
            let tag = new.tag.map(|it| it.parse()).transpose().map_err(Fault::invalid)?;
            if new.grants.is_empty() {
                return Err(Fault::invalid("a credential has at least one grant"));
            }
            let grant = |it: NewGrant| {
                Ok(Grant {
                    facility: look_up::facility(head, &it.facility)?.0,
                    priority: it.priority.unwrap_or(1),
                    effective: it.effective.unwrap_or_else(|| site.now()),
                    expiration: it.expiration,
                })
            };
            let request = ops::credential::Add {
                member,
                tag: tag.unwrap_or_else(Tag::random),
                kind: code.kind(),
                code: code.hash(&site.store.key()?),
                grants: new.grants.into_iter().map(grant).collect::<Result<_, Fault>>()?,
            };
            Ok(ops::credential::add(head, request)?)
        })
        .await
}

/// Revoke a credential
#[utoipa::path(
    delete, path = "/credentials/{tag}", tag = "changes",
    params(("tag" = String, Path, description = "the tag"), How),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn revoke(
    request: Request,
    InPath(tag): InPath<String>,
) -> Result<At<Changed>, Problem> {
    request
        .change(move |_, head| {
            let (_, tag) = tagged(head, &tag)?;
            let which = Which::Tags(vec![tag]);
            Ok(ops::credential::revoke(head, &which, None)?)
        })
        .await
}

/// Returns a credential and whose it is, by its whole tag.
pub(super) fn tagged(head: &Revision<'_>, text: &str) -> Result<(MemberId, Tag), Fault> {
    let all = text.parse().map(|tag: Tag| head.tagged(&tag)).unwrap_or_default().into_iter();
    let mut held = all.filter_map(|path| match path {
        RecordPath::Credential(member, tag) => Some((member, tag)),
        _ => None,
    });
    held.next().ok_or_else(|| Fault::missing("no credential has this tag"))
}
