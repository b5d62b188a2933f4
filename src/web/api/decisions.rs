//! What a credential would get at a facility. Nothing is journaled, logged or kept.

use std::sync::Arc;

use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{At, Sent};
use crate::{
    domain::{
        access::{self, Side},
        model::{AccessResult, Code, CredentialType, Priority, Reason},
    },
    web::{
        Site,
        answer::Problem,
        fault::{self, Fault},
    },
};

/// A question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The short name of the facility.
    facility: String,
    /// Fob or passcode.
    #[serde(rename = "type")]
    #[schema(value_type = CodeKind)]
    kind: CredentialType,
    /// The number of the fob, in any spelling, or the digits of the passcode.
    code: String,
    /// The moment (RFC 3339); now by default.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// Fob or passcode.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(super) enum CodeKind {
    Fob,
    Passcode,
}

/// What a credential would get.
#[derive(Serialize, ToSchema)]
pub(super) struct Decided {
    /// `granted` or `denied`.
    #[schema(value_type = String)]
    result: AccessResult,
    /// The reason, by its stable name.
    #[schema(value_type = String)]
    reason: Reason,
    /// The reason in words.
    words: &'static str,
    /// Whose credential it is, if it is one member's.
    member: Option<String>,
    /// The tag of the credential that counts, or comes closest.
    tag: Option<String>,
    /// Its priority.
    priority: Option<Priority>,
    /// The priority that is required, if the decision got that far.
    required: Option<Priority>,
    /// The commit that the decision is based on.
    commit: String,
}

/// Ask what a credential would get
#[utoipa::path(
    post, path = "/decisions", tag = "decisions",
    request_body = Question,
    responses((status = 200, body = Decided)),
)]
pub(super) async fn decide(
    State(site): State<Arc<Site>>,
    Sent(question): Sent<Question>,
) -> Result<At<Decided>, Problem> {
    fault::work(&site, move |site| {
        let in_force = site.in_force()?;
        let known = in_force.facilities.keys().find(|name| name.as_str() == question.facility);
        let facility = known.ok_or_else(|| Fault::invalid("there is no such facility"))?;
        let code = Code::parse(question.kind, &question.code).map_err(Fault::invalid)?;
        let key = in_force.key.as_ref();
        let key = key.ok_or_else(|| Fault::invalid("the key of the space is not here"))?;
        let at = question.at.unwrap_or_else(|| site.now());
        let (index, hash) = (&in_force.index, code.hash(key));
        let decision = access::decide(index, facility, Side::Entry, &hash, code.kind(), at);
        let decision = decision.by_records_of(site.age(site.now()), index, facility);
        let decided = Decided {
            result: decision.result,
            reason: decision.reason,
            words: decision.reason.words(),
            member: decision.member.map(|id| id.to_string()),
            tag: decision.tag.map(ToString::to_string),
            priority: decision.priority,
            required: decision.required,
            commit: decision.commit.to_string(),
        };
        Ok(At(decision.commit, decided))
    })
    .await
}
