//! Credentials as rows: one for each grant.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    cli::{output::table, when},
    domain::model::{Credential, CredentialType, MemberFolder, MemberId, Priority, Slug, Tag},
};

/// One grant of a credential, with whose it is.
#[derive(Serialize, Clone)]
pub(super) struct Row {
    /// The credential.
    pub tag: Tag,
    /// Whose.
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
    /// The first instant at which it counts.
    pub effective: Timestamp,
    /// The first instant at which it no longer counts.
    pub expiration: Option<Timestamp>,
    /// Whether it counts now, will, or did.
    pub state: State,
    /// The zone in which a person reads the times.
    #[serde(skip)]
    pub zone: TimeZone,
}

/// Whether a grant counts.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// It does.
    Valid,
    /// It will.
    Future,
    /// It did.
    Expired,
}

/// The columns of a table of credentials.
pub(super) const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("TAG", |row: &Row| table::plain(row.tag.short())),
    table::Column::new("MEMBER", |row| table::named(row.member, &row.name)),
    table::Column::new("TYPE", |row| table::plain(row.kind)),
    table::Column::new("FACILITY", |row| table::plain(&row.facility)),
    table::Column::new("PRIORITY", |row| table::plain(row.priority)),
    table::Column::new("FROM", |row| table::plain(when::local(row.effective, &row.zone))),
    table::Column::new("UNTIL", |row| {
        table::maybe(row.expiration.map(|at| when::local(at, &row.zone)))
    }),
    table::Column::new("STATE", |row| match row.state {
        State::Valid => ("valid".into(), table::Look::Good),
        State::Future => ("future".into(), table::Look::Odd),
        State::Expired => ("expired".into(), table::Look::Faint),
    }),
];

/// Returns a row for each grant of a credential.
pub(super) fn rows<'a>(
    folder: &'a MemberFolder,
    tag: &'a Tag,
    credential: &'a Credential,
    zone: &'a TimeZone,
    now: Timestamp,
) -> impl Iterator<Item = Row> + 'a {
    let name = folder.member.get().map_or_else(|| "(unreadable)".into(), |m| m.name.clone());
    credential.grants.iter().map(move |grant| Row {
        tag: tag.clone(),
        member: folder.id,
        name: name.clone(),
        kind: credential.kind,
        facility: grant.facility.clone(),
        priority: grant.priority,
        effective: grant.effective,
        expiration: grant.expiration,
        state: if grant.expiration.is_some_and(|at| at <= now) {
            State::Expired
        } else if grant.effective > now {
            State::Future
        } else {
            State::Valid
        },
        zone: zone.clone(),
    })
}
