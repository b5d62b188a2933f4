//! A fob or passcode of a member: `members/00/0042/credentials/<tag>.json`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CodeHash, CredentialType, Priority, Slug, nullable};

/// One code and what it opens: a reservation may cover several facilities.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Fob or passcode.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// The keyed hash of the fob's number or passcode.
    pub code: CodeHash,
    /// What it opens, and when.
    pub grants: Vec<Grant>,
}

/// Leave to open one facility, valid while `effective <= now < expiration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// What may be opened.
    pub facility: Slug,
    /// The priority that is compared with the facility's requirement.
    pub priority: Priority,
    /// The first instant at which the grant counts.
    pub effective: Timestamp,
    /// The first instant at which it no longer counts; `null` means never. It must not be missing.
    #[serde(deserialize_with = "nullable::required")]
    #[schemars(with = "nullable::Required<Timestamp>")]
    pub expiration: Option<Timestamp>,
}
