//! A client of a broker in memory.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use super::{Happening, MemoryBroker, Mqtt, MqttError, Outgoing};

/// A client of a broker in memory.
#[derive(Debug)]
pub struct Memory {
    broker: MemoryBroker,
    number: usize,
    closed: AtomicBool,
}

impl MemoryBroker {
    /// Connects a client.
    #[must_use]
    pub fn client(&self, will: Option<Outgoing>) -> Memory {
        let number = self.add(will);
        Memory { broker: self.clone(), number, closed: AtomicBool::new(false) }
    }
}

impl Memory {
    /// Loses the connection, and connects again.
    pub fn cut(&self) {
        self.broker.cut(self.number);
    }
}

impl Mqtt for Memory {
    fn place(&self) -> String {
        "memory".into()
    }

    fn subscribe(&self, filters: &BTreeSet<String>) -> Result<(), MqttError> {
        self.broker.subscribe(self.number, filters)
    }

    fn publish(&self, message: &Outgoing) -> Result<(), MqttError> {
        self.broker.publish(self.number, message)
    }

    fn next(&self, wait: Duration) -> Option<Happening> {
        self.broker.next(self.number, wait)
    }

    fn close(&self, _: Duration) {
        self.closed.store(true, Ordering::Relaxed);
        self.broker.remove(self.number, false);
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if !self.closed.load(Ordering::Relaxed) {
            self.broker.remove(self.number, true);
        }
    }
}
