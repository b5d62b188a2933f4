//! What waits for the desk to decide: applications, and what members ask for.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, plain};
use crate::{
    domain::model::{Application, MemberId, Slug, Stage, Waiting},
    store::tickets::MemberRequest,
};

/// An application or a request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct WaitingView {
    /// The id by which it is accepted or declined, or as much of it as is needed.
    pub id: String,
    /// Who asks.
    pub name: String,
    /// Their number, if they are a member.
    pub member: Option<MemberId>,
    /// What they ask for, in words, without personal data.
    pub asks: String,
    /// The tier that an applicant has chosen.
    pub tier: Option<Slug>,
    /// How many children join with an applicant.
    pub children: Option<usize>,
    /// When it came.
    pub since: Timestamp,
    #[serde(skip)]
    when: String,
    /// What it waits for: `link`, `admin` or `welcome`.
    pub waits_for: &'static str,
}

impl WaitingView {
    /// Makes a row of an application.
    #[must_use]
    pub fn application(it: &Waiting<Application>, zone: &TimeZone) -> Self {
        let children = it.content.children.len();
        let with = match children {
            0 => String::new(),
            1 => ", with a child".to_owned(),
            more => format!(", with {more} children"),
        };
        Self {
            id: it.id.clone(),
            name: it.content.name.clone(),
            member: None,
            asks: format!("to join: {}{with}", it.content.tier),
            tier: Some(it.content.tier.clone()),
            children: Some(children),
            since: it.since,
            when: local(it.since, zone),
            waits_for: word(&it.stage),
        }
    }

    /// Makes a row of what a member asks for, in words.
    #[must_use]
    pub fn request(
        id: &str,
        name: String,
        asks: String,
        it: &MemberRequest,
        zone: &TimeZone,
    ) -> Self {
        Self {
            id: id.chars().take(8).collect(),
            name,
            member: Some(it.member),
            asks,
            tier: None,
            children: None,
            since: it.at,
            when: local(it.at, zone),
            waits_for: "admin",
        }
    }
}

impl View for WaitingView {
    const EMPTY: &'static str = "nobody has applied, and no member asks for anything";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ID", |row| plain(&row.id)),
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("ASKS", |row| plain(&row.asks)),
        Column::new("SINCE", |row| plain(&row.when)),
        Column::new("WAITS FOR", |row| plain(row.waits_for)),
    ];
}

/// Says what an application waits for.
pub(super) const fn word(stage: &Stage) -> &'static str {
    match stage {
        Stage::Link { .. } => "link",
        Stage::Admin => "admin",
        Stage::Welcome { .. } => "welcome",
    }
}
