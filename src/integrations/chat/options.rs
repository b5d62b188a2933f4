//! Which chat it is, and as whom we speak.

use std::{fmt, time::Duration};

/// A chat, and what is needed to speak with it.
#[derive(Clone)]
pub struct ChatOptions {
    /// How to speak with it.
    pub kind: ChatKind,
    /// Where it is; by default the company itself. Of a webhook, the secret says it.
    pub url: Option<String>,
    /// The token; of a webhook, its whole address, since whoever knows that may post.
    pub secret: String,
    /// The token by which commands are heard, if they are.
    pub app_secret: Option<String>,
    /// How long an answer may take.
    pub longest: Duration,
    /// After this time without a sign of life, a line for commands is dead.
    pub silence: Duration,
    /// Waits before something is asked again.
    pub pause: fn(Duration),
}

/// How to speak with a chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChatKind {
    /// As Slack does.
    Slack,
    /// As a homeserver of Matrix does; posts only.
    Matrix,
    /// As a webhook of Discord does; posts only.
    Discord,
    /// As an incoming webhook of Mattermost does; posts only.
    Mattermost,
}

impl ChatOptions {
    /// How long an answer may take, usually.
    pub const LONGEST: Duration = Duration::from_secs(15);

    /// After which time a line is dead, usually: Slack sends a sign of life every few seconds.
    pub const SILENCE: Duration = Duration::from_secs(60);
}

impl fmt::Debug for ChatOptions {
    /// Leaves out the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatOptions").field("kind", &self.kind).finish_non_exhaustive()
    }
}
