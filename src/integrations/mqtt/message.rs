//! Messages, as they come in and go out.

use super::{MqttError, is_topic};

/// The largest payload, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// A message that came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incoming {
    /// Its topic.
    pub topic: String,
    /// What is in it.
    pub payload: Vec<u8>,
    /// Whether the broker had kept it: it may be of any age.
    pub retained: bool,
}

/// A message to publish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// Its topic.
    pub topic: String,
    /// What is in it.
    pub payload: String,
    /// Whether the broker keeps it for those who subscribe later. An empty one removes what is kept.
    pub retain: bool,
}

impl Outgoing {
    /// Makes one that the broker keeps.
    #[must_use]
    pub fn retained(topic: impl Into<String>, payload: impl Into<String>) -> Self {
        Self { topic: topic.into(), payload: payload.into(), retain: true }
    }

    /// Makes one for those who listen at this moment.
    #[must_use]
    pub fn passing(topic: impl Into<String>, payload: impl Into<String>) -> Self {
        Self { topic: topic.into(), payload: payload.into(), retain: false }
    }

    /// Checks that a broker would take it.
    ///
    /// # Errors
    /// Why none would.
    pub(super) fn check(&self) -> Result<(), MqttError> {
        if !is_topic(&self.topic) {
            return Err(MqttError::Refused(format!("{:?} is not a topic", self.topic)));
        }
        if self.payload.len() > LARGEST {
            let (topic, size) = (&self.topic, self.payload.len());
            return Err(MqttError::Refused(format!("{size} bytes for {topic} are too many")));
        }
        Ok(())
    }
}
