//! Keeps messages in memory: for tests, and for the demonstration.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{
    Incoming, Outgoing, Queue, QueueError, Receipt,
    bell::Bell,
    flight::{Flight, HIDDEN},
};

/// One end of two directions; what goes out at one end comes in at the other. A message that is sent
/// twice is there twice.
#[derive(Clone, Debug)]
pub struct Memory {
    incoming: Arc<Lane>,
    outgoing: Arc<Lane>,
}

/// One direction.
#[derive(Debug)]
struct Lane {
    bell: Bell,
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    sent: u64,
    messages: BTreeMap<u64, (Outgoing, Timestamp)>,
    flight: Flight,
}

impl Memory {
    /// Makes both ends.
    #[must_use]
    pub fn pair() -> (Self, Self) {
        let (one, other) = (Lane::new(), Lane::new());
        let end = Self { incoming: one.clone(), outgoing: other.clone() };
        (end, Self { incoming: other, outgoing: one })
    }

    /// Makes a single queue for both directions.
    #[must_use]
    pub fn single() -> Self {
        let lane = Lane::new();
        Self { incoming: lane.clone(), outgoing: lane }
    }

    /// Returns how many incoming messages are there, received or not.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.incoming.held().messages.len()
    }
}

impl Lane {
    fn new() -> Arc<Self> {
        let held = Held { sent: 0, messages: BTreeMap::new(), flight: Flight::new(HIDDEN) };
        Arc::new(Self { bell: Bell::default(), held: Mutex::new(held) })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Returns what can be received, or for how long nothing more can.
    fn receive(&mut self, most: usize, now: Instant) -> (Vec<Incoming>, Option<Duration>) {
        let (mut found, mut next) = (Vec::new(), None);
        for (number, (message, at)) in &self.messages {
            if found.len() == most {
                break;
            }
            let id = number.to_string();
            if let Some(left) = self.flight.hidden(&id, now) {
                next = Some(next.map_or(left, |it: Duration| it.min(left)));
                continue;
            }
            found.push(Incoming {
                body: message.body.clone().into_bytes(),
                receipt: Receipt(id.clone()),
                sent: Some(*at),
                times_received: self.flight.receive(&id, now),
                group: Some(message.group.clone()),
                id,
            });
        }
        (found, next)
    }
}

impl Queue for Memory {
    fn place(&self) -> String {
        "memory".into()
    }

    fn batch(&self) -> usize {
        1000
    }

    fn probe(&self) -> Result<(), QueueError> {
        Ok(())
    }

    fn receive(&self, most: usize, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let began = Instant::now();
        loop {
            let rung = self.incoming.bell.rung();
            let (found, next) = self.incoming.held().receive(most, Instant::now());
            let left = wait.saturating_sub(began.elapsed());
            if !found.is_empty() || left.is_zero() {
                return Ok(found);
            }
            self.incoming.bell.wait(rung, next.map_or(left, |next| next.min(left)));
        }
    }

    fn delete(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        let mut held = self.incoming.held();
        for Receipt(id) in receipts {
            held.flight.forget(id);
            id.parse().ok().and_then(|number| held.messages.remove(&number));
        }
        vec![Ok(()); receipts.len()]
    }

    fn leave(&self, receipts: &[Receipt]) -> Vec<Result<(), QueueError>> {
        let mut held = self.incoming.held();
        receipts.iter().for_each(|Receipt(id)| held.flight.leave(id));
        drop(held);
        self.incoming.bell.ring();
        vec![Ok(()); receipts.len()]
    }

    fn send(&self, messages: &[Outgoing], at: Timestamp) -> Vec<Result<(), QueueError>> {
        let mut held = self.outgoing.held();
        let mut send = |message: &Outgoing| {
            message.check().map_err(QueueError::Refused)?;
            held.sent += 1;
            let number = held.sent;
            held.messages.insert(number, (message.clone(), at));
            Ok(())
        };
        let results = messages.iter().map(&mut send).collect();
        drop(held);
        self.outgoing.bell.ring();
        results
    }
}
