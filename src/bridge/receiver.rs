//! Messages in: received, turned into commits, and deleted once those are durable.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use super::{
    Event,
    received_batch::ReceivedBatch,
    settle::{SettledMessage, Settler},
};
use crate::{
    config::BridgeConfig,
    domain::{
        messages::Outcome,
        model::{Advice, Note},
    },
    integrations::queue::{Incoming, Queue, QueueError, Receipt},
    store::{Store, StoreError},
};

/// The maximum number of messages in one commit.
const MOST: usize = 1000;

/// For how long messages are gathered that are there at the same time: far less than a queue hides
/// those that were received.
const GATHERING: Duration = Duration::from_secs(5);

/// How long a message may wait for another one that was sent before it, in a queue without an order.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// What to do if nothing can be written here.
const ONLY_SEND: &str = "receive messages where the records are changed, and here only send: \
                         receive = false in the configuration of the bridge";

/// How many messages for others are remembered, so that each is told once.
const REMEMBERED: usize = 10_000;

/// The direction of messages that come in.
pub struct Receiver {
    store: Arc<Store>,
    queue: Arc<dyn Queue>,
    config: BridgeConfig,
    words: fn(&Advice) -> String,
    /// Messages that were told to stay in the queue.
    stay: HashSet<String>,
    /// Whether the last messages could not be applied, so that no more are received until it is
    /// certain that they can: a queue counts how often it delivers a message, and may give it up.
    troubled: bool,
}

/// What became of messages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Received {
    /// Their number.
    pub received: u64,
    /// How many changed something.
    pub applied: u64,
    /// How many were valid and changed nothing.
    pub unchanged: u64,
    /// How many were not valid.
    pub invalid: u64,
    /// How many stay in the queue, because they are for somebody else.
    pub left: u64,
    /// How many stay in the queue, because they cannot be applied yet.
    pub waiting: u64,
    /// Why some could not be applied or deleted, if so.
    pub trouble: Option<String>,
    /// Whether receiving again at once would return the same messages.
    pub in_a_circle: bool,
}

impl Receiver {
    /// Receives from a queue, for the records of a store.
    #[must_use]
    pub fn new(
        store: Arc<Store>,
        queue: Arc<dyn Queue>,
        config: BridgeConfig,
        words: fn(&Advice) -> String,
    ) -> Self {
        // Whether the records can be written is not known yet.
        Self { store, queue, config, words, stay: HashSet::new(), troubled: true }
    }

    /// Tests whether messages could be applied now, if that is in doubt.
    ///
    /// # Errors
    /// Why not, in words.
    pub fn ready(&mut self, now: Timestamp) -> Result<(), String> {
        if self.troubled {
            self.store.can_write("bridge.run", now).map_err(|error| self.describe(&error))?;
            self.troubled = false;
        }
        Ok(())
    }

    /// Waits for messages, and returns all that are there.
    ///
    /// # Errors
    /// Why nothing can be received.
    pub fn gather(&self, wait: Duration) -> Result<Vec<Incoming>, QueueError> {
        let at_once = self.queue.batch().clamp(1, MOST);
        let mut all = self.queue.receive(at_once, wait)?;
        let began = Instant::now();
        // What is for others may be in front of what is for us.
        while !all.is_empty() && all.len() < MOST && began.elapsed() < GATHERING {
            match self.queue.receive(at_once.min(MOST - all.len()), Duration::ZERO) {
                Ok(more) if !more.is_empty() => all.extend(more),
                _ => break,
            }
        }
        Ok(all)
    }

    /// Applies messages, and deletes those that are done with.
    pub fn handle(
        &mut self,
        received: Vec<Incoming>,
        now: Timestamp,
        tell: &mut dyn FnMut(Event),
    ) -> Received {
        let all = ReceivedBatch::new(received, &self.config, now);
        let mut counts = Received { received: all.len() as u64, ..Received::default() };
        let mut settler = Settler {
            store: &self.store,
            facilities: self.config.facilities.as_ref(),
            patience: if self.config.keeps_order() { SignedDuration::ZERO } else { PATIENCE },
            now,
            settled: Vec::with_capacity(all.messages.len()),
        };
        let failed = settler.settle(&all.messages).err();
        let mut settled = settler.settled;
        settled.extend(all.broken.iter().map(|(id, why)| SettledMessage {
            id: id.clone(),
            outcome: Outcome::Invalid { reason: why.clone(), text: String::new() },
            commit: None,
        }));
        settled.extend(all.others.iter().map(|id| SettledMessage {
            id: id.clone(),
            outcome: Outcome::Left("it is of another group".into()),
            commit: None,
        }));
        let (mut done, mut left) = (Vec::<&Receipt>::new(), Vec::<&Receipt>::new());
        for it in &settled {
            let receipts = all.receipts(&it.id);
            match it.outcome {
                Outcome::Left(_) => left.extend(receipts),
                Outcome::Waits(_) => {} // it comes again once the queue's patience is over
                _ => done.extend(receipts),
            }
        }
        if failed.is_some() {
            let known: HashSet<&str> = settled.iter().map(|it| it.id.as_str()).collect();
            let lost = all.messages.iter().filter(|it| !known.contains(it.id.as_str()));
            left.extend(lost.flat_map(|it| all.receipts(&it.id)));
        }
        let (done, left) = (owned(&done), owned(&left));
        for it in settled {
            self.count(it, &mut counts, tell);
        }
        let not_deleted = self.delete(&done);
        self.leave(&left, failed.is_some());
        self.troubled = failed.is_some();
        counts.trouble = failed.map(|error| self.describe(&error)).or(not_deleted);
        let for_us = counts.received - counts.left - counts.waiting;
        counts.in_a_circle = for_us == 0 && counts.left > 0 && !self.config.hides_from_nobody();
        counts
    }

    /// Puts messages back that were received and not handled.
    pub fn put_back(&self, received: &[Incoming]) {
        let receipts: Vec<Receipt> = received.iter().map(|it| it.receipt.clone()).collect();
        // If it fails, they come again a little later.
        let _ = self.queue.leave(&receipts);
    }

    /// Deletes messages; returns why one could not be deleted.
    fn delete(&self, done: &[Receipt]) -> Option<String> {
        let results = if done.is_empty() { Vec::new() } else { self.queue.delete(done) };
        let mut failures = results.into_iter().filter_map(Result::err);
        let first = failures.next()?;
        let more = failures.count();
        let more = if more > 0 { format!(" ({more} more like that)") } else { String::new() };
        Some(format!("a message is done with, but cannot be deleted: {first}{more}"))
    }

    /// Leaves messages to others. Where nobody else notices that they were received, those for
    /// others are left by letting the time pass, so that waiting for ours is not disturbed.
    fn leave(&self, left: &[Receipt], failed: bool) {
        if left.is_empty() || self.config.hides_from_nobody() && !failed {
            return;
        }
        // If it fails, they are visible again a little later.
        let _ = self.queue.leave(left);
    }

    fn count(&mut self, it: SettledMessage, counts: &mut Received, tell: &mut dyn FnMut(Event)) {
        let SettledMessage { id: message, outcome, commit } = it;
        match outcome {
            Outcome::Applied { subject, notes } => {
                counts.applied += 1;
                let words = subject.as_str().to_owned();
                tell(Event::Applied { message, words, commit });
                for note in &notes {
                    tell(Event::Note { words: note.in_words(self.words) });
                }
            }
            Outcome::Unchanged(words) => {
                counts.unchanged += 1;
                tell(Event::Unchanged { message, words });
            }
            Outcome::Left(words) => {
                counts.left += 1;
                if self.is_new(&message) {
                    tell(Event::Left { message, words });
                }
            }
            Outcome::Waits(words) => {
                counts.waiting += 1;
                if self.is_new(&message) {
                    tell(Event::Waits { message, words });
                }
            }
            Outcome::Invalid { reason: words, text } => {
                counts.invalid += 1;
                tell(Event::Invalid { message, words, text });
            }
        }
    }

    /// Tells whether a message was not told to stay before.
    fn is_new(&mut self, id: &str) -> bool {
        if self.stay.len() >= REMEMBERED {
            self.stay.clear();
        }
        self.stay.insert(id.to_owned())
    }

    fn describe(&self, error: &StoreError) -> String {
        let advice = match error {
            StoreError::Follows { .. } => Some(ONLY_SEND.into()),
            _ => error.hint(),
        };
        Note { text: error.to_string(), advice }.in_words(self.words)
    }
}

fn owned(receipts: &[&Receipt]) -> Vec<Receipt> {
    receipts.iter().copied().cloned().collect()
}
