//! Remembers which messages were received and are neither deleted nor left yet.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// How long a message that was received is hidden, unless it is left: as long as SQS does by
/// default.
pub(super) const HIDDEN: Duration = Duration::from_secs(30);

/// The messages that were received, by their ids.
#[derive(Debug)]
pub(super) struct Flight {
    hidden: Duration,
    messages: HashMap<String, Received>,
}

#[derive(Debug)]
struct Received {
    /// When it can be received again; `None` means at once.
    again: Option<Instant>,
    times: u32,
}

impl Flight {
    /// Starts with none.
    pub(super) fn new(hidden: Duration) -> Self {
        Self { hidden, messages: HashMap::new() }
    }

    /// Returns for how long a message is still hidden; `None` if it can be received.
    pub(super) fn hidden(&self, id: &str, now: Instant) -> Option<Duration> {
        let again = self.messages.get(id)?.again?;
        Some(again.saturating_duration_since(now)).filter(|left| !left.is_zero())
    }

    /// Hides a message, and returns how often it was received.
    pub(super) fn receive(&mut self, id: &str, now: Instant) -> u32 {
        let entry = self.messages.entry(id.to_owned());
        let received = entry.or_insert(Received { again: None, times: 0 });
        received.again = now.checked_add(self.hidden);
        received.times += 1;
        received.times
    }

    /// Lets a message be received again.
    pub(super) fn leave(&mut self, id: &str) {
        if let Some(received) = self.messages.get_mut(id) {
            received.again = None;
        }
    }

    /// Forgets a message that was deleted.
    pub(super) fn forget(&mut self, id: &str) {
        self.messages.remove(id);
    }

    /// Forgets all messages that are gone.
    pub(super) fn retain(&mut self, there: impl Fn(&str) -> bool) {
        self.messages.retain(|id, _| there(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_hidden_until_it_is_left_or_the_time_is_over() {
        let mut flight = Flight::new(HIDDEN);
        let now = Instant::now();
        assert_eq!(flight.hidden("a", now), None);
        assert_eq!(flight.receive("a", now), 1);
        assert_eq!(flight.hidden("a", now), Some(HIDDEN));
        assert_eq!(flight.hidden("a", now + HIDDEN), None);
        flight.leave("a");
        assert_eq!(flight.hidden("a", now), None);
        assert_eq!(flight.receive("a", now), 2);
        flight.retain(|id| id != "a");
        assert_eq!(flight.receive("a", now), 1);
    }
}
