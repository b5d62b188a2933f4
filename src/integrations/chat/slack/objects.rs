//! What Slack answers, as far as we read it.

use serde::Deserialize;

/// What every answer has.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Head {
    pub(super) ok: bool,
    pub(super) error: Option<String>,
    pub(super) needed: Option<String>,
}

/// Where the next page begins.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Cursor {
    pub(super) next_cursor: String,
}

/// A page of a list, by whichever name it has.
#[derive(Deserialize, Debug)]
pub(super) struct Page<T> {
    #[serde(alias = "channels", alias = "messages", alias = "members")]
    pub(super) entries: Vec<T>,
    #[serde(default)]
    pub(super) response_metadata: Cursor,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) deleted: bool,
    pub(super) is_bot: bool,
    pub(super) is_admin: bool,
    pub(super) is_owner: bool,
    pub(super) is_email_confirmed: bool,
    pub(super) profile: Profile,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Profile {
    pub(super) email: Option<String>,
    pub(super) real_name: Option<String>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Conversation {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_archived: bool,
    pub(super) is_member: bool,
    pub(super) is_private: bool,
    pub(super) is_general: bool,
}

/// The answer about one channel.
#[derive(Deserialize, Debug)]
pub(super) struct OneConversation {
    pub(super) channel: Conversation,
}

/// A message, as far as this program marks it.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Message {
    pub(super) metadata: Option<Metadata>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Metadata {
    pub(super) event_type: String,
    pub(super) event_payload: Payload,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Payload {
    pub(super) key: String,
}

/// Where to connect for Socket Mode.
#[derive(Deserialize, Debug)]
pub(super) struct Opened {
    pub(super) url: String,
}
