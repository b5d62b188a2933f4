//! Channels of chats, who belongs to them and what is posted there.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, plain, text};
use crate::domain::model::{Channel, Slug};

/// A channel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ChannelView {
    /// The short name for commands.
    pub name: Slug,
    /// The record.
    #[serde(flatten)]
    pub record: Channel,
}

impl ChannelView {
    /// Returns the groups in one line.
    #[must_use]
    pub fn groups(&self) -> String {
        joined(&self.record.groups)
    }

    /// Returns what is posted in one line.
    #[must_use]
    pub fn posts(&self) -> String {
        joined(&self.record.posts.keys().collect::<Vec<_>>())
    }
}

fn joined<T: ToString>(all: &[T]) -> String {
    let words: Vec<String> = all.iter().map(ToString::to_string).collect();
    words.join(", ")
}

impl View for ChannelView {
    const EMPTY: &'static str = "there are no channels";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NAME", |row| plain(&row.name)),
        Column::new("CHAT", |row| plain(&row.record.chat)),
        Column::new("CHANNEL", |row| text(row.record.place(&row.name))),
        Column::new("GROUPS", |row| plain(row.groups())),
        Column::new("POSTS", |row| plain(row.posts())),
    ];
}
