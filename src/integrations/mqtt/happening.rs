//! What a broker tells.

use super::{Incoming, LARGEST};

/// What a broker tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happening {
    /// There is a connection. Nothing that was published earlier can be relied upon.
    Connected,
    /// There is none, and why. It is tried again, at least once a minute.
    Lost(String),
    /// A message.
    Message(Incoming),
    /// A message that is too large to be of use; it was dropped.
    TooLarge {
        /// Its topic.
        topic: String,
        /// The size of what was in it, in bytes.
        size: usize,
    },
}

impl Happening {
    /// Makes one of a message that arrived.
    #[must_use]
    pub fn arrived(topic: &str, payload: &[u8], retained: bool) -> Self {
        let (topic, size) = (topic.to_owned(), payload.len());
        if size > LARGEST {
            return Self::TooLarge { topic, size };
        }
        Self::Message(Incoming { topic, payload: payload.to_owned(), retained })
    }
}
