//! Exchanges messages with devices through an MQTT broker, or in memory.
//!
//! A subscription lasts only as long as a connection, so every connection subscribes again. What was
//! published while there was none is not kept: whoever publishes states does so again once
//! [`Happening::Connected`] comes.

#[cfg(feature = "building")]
mod connection;
mod error;
mod happening;
mod memory;
mod memory_broker;
mod message;
#[cfg(any(test, not(feature = "building")))]
pub mod no_connection;
mod options;
mod topic;

use std::{collections::BTreeSet, time::Duration};

pub use self::{
    error::MqttError,
    happening::Happening,
    memory::Memory,
    memory_broker::MemoryBroker,
    message::{Incoming, LARGEST, Outgoing},
    options::ConnectionOptions,
    topic::{is_filter, is_topic, matches},
};

#[cfg(feature = "building")]
pub use self::connection::Connection;
#[cfg(not(feature = "building"))]
pub use self::no_connection::Connection;

/// One end of a connection with a broker, which connects again whenever it is lost.
///
/// Messages are received at the speed at which they are taken out: a storm of them waits in the
/// network, and at last at the broker, not in this process.
pub trait Mqtt: Send + Sync {
    /// Returns which broker it is, in words.
    fn place(&self) -> String;

    /// Says which topics to receive, with wildcards, now and on every later connection. May be called
    /// as often as one likes.
    ///
    /// # Errors
    /// The broker could not be told now; it is told with the next call, or the next connection.
    fn subscribe(&self, filters: &BTreeSet<String>) -> Result<(), MqttError>;

    /// Publishes a message.
    ///
    /// # Errors
    /// There is no connection, or too much waits already; then it is lost.
    fn publish(&self, message: &Outgoing) -> Result<(), MqttError>;

    /// Returns what happens next. Waits for it, but not longer than `wait`.
    fn next(&self, wait: Duration) -> Option<Happening>;

    /// Ends the connection once what was published has been sent, but waits no longer than `wait`.
    /// The last will is not published then.
    fn close(&self, wait: Duration);
}
