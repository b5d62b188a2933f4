//! Replaces connections with brokers in a program that was built without them.

use std::{collections::BTreeSet, time::Duration};

use super::{ConnectionOptions, Happening, Mqtt, MqttError, Outgoing};
use crate::left_out;

/// A connection that cannot be made.
#[derive(Debug)]
pub struct Connection;

impl Connection {
    /// Refuses.
    ///
    /// # Errors
    /// Always: this program has no MQTT.
    pub fn open(_: ConnectionOptions) -> Result<Self, MqttError> {
        Err(missing())
    }
}

fn missing() -> MqttError {
    MqttError::Broken(format!("{}; {}", left_out::without("MQTT"), left_out::INSTALL))
}

impl Mqtt for Connection {
    fn place(&self) -> String {
        "MQTT".into()
    }

    fn subscribe(&self, _: &BTreeSet<String>) -> Result<(), MqttError> {
        Err(missing())
    }

    fn publish(&self, _: &Outgoing) -> Result<(), MqttError> {
        Err(missing())
    }

    fn next(&self, _: Duration) -> Option<Happening> {
        None
    }

    fn close(&self, _: Duration) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let why = missing().to_string();
        assert!(why.contains("--features full"), "{why}");
        assert!(Connection.subscribe(&BTreeSet::new()).is_err());
        assert!(Connection.publish(&Outgoing::passing("a", "b")).is_err());
        assert_eq!(Connection.next(Duration::ZERO), None);
    }
}
