//! What the machine is told, and what it wants to be done.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use super::{Event, Outbox};
use crate::{
    chat::status::ChatStatus,
    domain::{
        alarms::Alarm,
        model::{Activity, Channel, CommitId, PostKind, Slug},
        posts::PostFacts,
    },
    integrations::chat::{Arrived, Button, ChatError, Outgoing},
};

/// What does not depend on the records.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Terms {
    /// The chats of this machine.
    pub chats: BTreeSet<Slug>,
    /// Those of them where applications are answered.
    pub answering: BTreeSet<Slug>,
}

/// What the records of a commit say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// The commit.
    pub commit: CommitId,
    /// The name of the space.
    pub space: String,
    /// The channels by name.
    pub channels: BTreeMap<Slug, Channel>,
    /// What facilities are called.
    pub facilities: BTreeMap<Slug, String>,
}

/// Something that happened once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happened {
    /// What tells it from everything else that happened.
    pub key: String,
    /// What it is about.
    pub kind: PostKind,
    /// What may be said about it.
    pub facts: PostFacts,
}

/// A text for one person alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Private {
    /// What tells it from every other one.
    pub key: String,
    /// The chat.
    pub chat: Slug,
    /// The account.
    pub account: String,
    /// The text.
    pub text: String,
    /// What may be pressed below it.
    pub buttons: Vec<Button>,
}

/// A door, as the running program tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoorSeen {
    /// The facility.
    pub facility: Slug,
    /// Whether it stands unlocked for everybody.
    pub held: bool,
    /// Until when, in local time.
    pub until: String,
}

/// Something that the machine is told.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// These records are in force.
    Known(Arc<Known>),
    /// Something happened.
    Happened(Happened),
    /// Something happened that another program has left in a file.
    Reported(Happened, PathBuf),
    /// Who became a member until this commit.
    Newcomers {
        /// The commit.
        commit: CommitId,
        /// Those who agreed to be named.
        happened: Vec<Happened>,
    },
    /// How the doors that answer are.
    Doors(Vec<DoorSeen>),
    /// The alarms of the building that there are now.
    Alarms(Vec<Alarm>),
    /// What happened at the doors.
    Activities(Vec<Activity>),
    /// What single people are told.
    Private(Vec<Private>),
    /// What became of a post.
    Posted(String, Result<(), ChatError>),
    /// Whether a post arrived that was sent without an answer.
    Arrived(String, Result<Arrived, ChatError>),
    /// Whether commands of a chat are heard.
    Listening(Slug, bool),
    /// Something does not work, or works again.
    Trouble(String, Option<String>),
    /// A line for the log.
    Tell(Event),
    /// Time passes.
    Tick,
}

/// A post for a chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// The chat.
    pub chat: Slug,
    /// The text, where it goes, and its key.
    pub outgoing: Outgoing,
    /// If it may have been posted: look whether it was, at that time or later.
    pub look_since: Option<jiff::Timestamp>,
}

/// Something that is to be done.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Keep this, so that it survives a power cut; if that fails, what follows is not done.
    Remember(Outbox),
    /// Post, or look whether it was posted.
    Post(Job),
    /// Remove a file: what it says is remembered.
    Discard(PathBuf),
    /// Write the state for whoever wants to see it.
    Show(ChatStatus),
    /// Write a line of the log.
    Tell(Event),
}
