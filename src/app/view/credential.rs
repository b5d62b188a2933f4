//! Credentials: a row for each grant.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, local, maybe, named, plain};
use crate::domain::model::{
    Credential as Record, CredentialType, MemberFolder, MemberId, Priority, Slug, Tag,
};

/// One grant of a credential, with its member.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CredentialView {
    /// The tag of the credential.
    pub tag: Tag,
    /// The member who holds it.
    pub member: MemberId,
    /// The name of the member.
    pub name: String,
    /// Fob or passcode.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// What it opens.
    pub facility: Slug,
    /// Its priority.
    pub priority: Priority,
    /// The first instant at which it is valid.
    pub effective: Timestamp,
    /// The first instant at which it is no longer valid.
    pub expiration: Option<Timestamp>,
    /// Whether it is valid now.
    pub state: GrantState,
    /// The zone to show the times in.
    #[serde(skip)]
    pub zone: TimeZone,
}

/// Whether a grant is valid now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GrantState {
    /// It is valid.
    Valid,
    /// It will be.
    Future,
    /// It was.
    Expired,
}

impl CredentialView {
    /// Makes a row of each grant of a record.
    pub fn rows<'a>(
        folder: &'a MemberFolder,
        tag: &'a Tag,
        record: &'a Record,
        zone: &'a TimeZone,
        now: Timestamp,
    ) -> impl Iterator<Item = Self> + 'a {
        let name = folder.member.get().map_or_else(|| "(unreadable)".into(), |m| m.name.clone());
        record.grants.iter().map(move |grant| Self {
            tag: tag.clone(),
            member: folder.id,
            name: name.clone(),
            kind: record.kind,
            facility: grant.facility.clone(),
            priority: grant.priority,
            effective: grant.effective,
            expiration: grant.expiration,
            state: if grant.expiration.is_some_and(|at| at <= now) {
                GrantState::Expired
            } else if grant.effective > now {
                GrantState::Future
            } else {
                GrantState::Valid
            },
            zone: zone.clone(),
        })
    }
}

impl View for CredentialView {
    const EMPTY: &'static str = "there are no credentials";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("TAG", |row| plain(row.tag.short())),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::spare(3, "TYPE", |row| plain(row.kind)),
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::spare(2, "PRIORITY", |row| plain(row.priority)),
        Column::spare(4, "FROM", |row| plain(local(row.effective, &row.zone))),
        Column::spare(1, "UNTIL", |row| maybe(row.expiration.map(|at| local(at, &row.zone)))),
        Column::new("STATE", |row| match row.state {
            GrantState::Valid => ("valid".to_owned(), CellStyle::Good),
            GrantState::Future => ("future".to_owned(), CellStyle::Warning),
            GrantState::Expired => ("expired".to_owned(), CellStyle::Faint),
        }),
    ];
}
