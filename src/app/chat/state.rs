//! What this machine remembers about a chat from one time to the next.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{app::service::ServiceState, domain::model::Slug};

/// What is remembered about a chat.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChatState {
    /// When the chat was compared with the records last.
    pub compared: Option<Timestamp>,
    /// When a plan was carried out last.
    pub applied: Option<Timestamp>,
    /// How many steps there were to take when they were compared last.
    pub open: usize,
    /// What a person should look at, in sentences.
    pub drift: Vec<String>,
    /// Why it could not be compared or brought to agree, since it could the last time.
    pub trouble: Option<String>,
    /// What is remembered of each channel.
    pub channels: BTreeMap<Slug, ChannelState>,
}

/// What is remembered of a channel.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChannelState {
    /// How many people were in it when it was brought to agree last.
    pub having: Option<usize>,
    /// The accounts of those who were let in, or were in it already. Whoever of them is missing later
    /// has left by themselves, and is not invited again.
    pub settled: BTreeSet<String>,
    /// The accounts of those who were removed. Whoever of them is there again was let in by somebody,
    /// and is not removed again.
    pub removed: BTreeSet<String>,
}

impl From<ChatState> for ServiceState {
    /// Takes what every service has.
    fn from(it: ChatState) -> Self {
        let ChatState { compared, applied, open, drift, trouble, channels: _ } = it;
        Self { compared, applied, open, drift, trouble, ..Self::default() }
    }
}
