//! A step in a channel, for people and programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::view::{Column, View, maybe, named, plain, text},
    domain::{
        follow::{Belongs, Step},
        model::{MemberId, Slug},
    },
};

/// A step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ChannelStepView {
    /// `invite` or `remove`.
    pub action: &'static str,
    /// The channel, by its record.
    pub channel: Slug,
    /// The member.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// The account.
    pub account: Option<String>,
    /// Why.
    pub because: String,
}

impl ChannelStepView {
    /// Makes a row of a step.
    #[must_use]
    pub fn new(channel: &Slug, step: &Step<Belongs>, name: String) -> Self {
        Self {
            action: if step.removes() { "remove" } else { "invite" },
            channel: channel.clone(),
            member: step.member,
            name,
            account: step.account.clone(),
            because: step.because.clone(),
        }
    }
}

impl View for ChannelStepView {
    const EMPTY: &'static str = "the channels agree with the records";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("STEP", |row| plain(row.action)),
        Column::new("CHANNEL", |row| plain(&row.channel)),
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::spare(1, "ACCOUNT", |row| maybe(row.account.as_ref())),
        Column::new("BECAUSE", |row| text(&row.because)),
    ];
}
