//! What both directions tell, and the state that anybody can look at.

use std::{
    io::Write,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{
    BridgeStatus, Direction, Event, Incoming, Outgoing, Received, Sent, StatusFile,
    event::{RECEIVING, SENDING},
};
use crate::{config::BridgeConfig, service::Log};

/// A direction that has not moved for so long is stuck: each wait in it is far shorter.
const STUCK: Duration = Duration::from_secs(5 * 60);

/// Where both directions tell what happens.
pub(super) struct Reporter<W> {
    inner: Mutex<Inner<W>>,
}

struct Inner<W> {
    log: Log<W>,
    status: BridgeStatus,
    file: StatusFile,
    /// When each direction that is used last moved.
    moved: [Option<Instant>; 2],
    /// Whether the file could not be written, which is told once.
    complained: bool,
}

impl<W: Write> Reporter<W> {
    pub(super) fn new(
        log: Log<W>,
        file: StatusFile,
        config: &BridgeConfig,
        place: String,
        now: Timestamp,
    ) -> Self {
        let direction = |on| Direction { on, ..Direction::default() };
        let incoming = Incoming { direction: direction(config.receive), ..Incoming::default() };
        let outgoing = Outgoing { direction: direction(config.send), ..Outgoing::default() };
        let status = BridgeStatus { started: now, place, incoming, outgoing };
        let begun = |on: bool| on.then(Instant::now);
        let moved = [begun(config.receive), begun(config.send)];
        Self { inner: Mutex::new(Inner { log, status, file, moved, complained: false }) }
    }

    pub(super) fn tell(&self, now: Timestamp, event: &Event) {
        self.lock().log.show(now, event);
    }

    /// Records what was received, or why nothing can be.
    pub(super) fn received(&self, outcome: Result<&Received, &str>, now: Timestamp) {
        let mut inner = self.lock();
        inner.moved[0] = Some(Instant::now());
        if let Ok(received) = outcome {
            inner.status.incoming.add(received);
        }
        let trouble = outcome.map_or_else(Some, |it| it.trouble.as_deref());
        inner.judge(RECEIVING, trouble, now);
    }

    /// Records what was sent.
    pub(super) fn sent(&self, sent: &Sent, now: Timestamp) {
        let mut inner = self.lock();
        inner.moved[1] = Some(Instant::now());
        inner.status.outgoing.add(sent);
        inner.judge(SENDING, sent.trouble.as_deref(), now);
    }

    /// Writes the last state, whenever it was last written.
    pub(super) fn close(&self) {
        let mut inner = self.lock();
        let Inner { file, status, .. } = &mut *inner;
        let _ = file.replace(status); // that it fails was told before
    }

    /// Tells whether a direction is stuck.
    pub(super) fn is_stuck(&self) -> bool {
        self.lock().moved.iter().flatten().any(|moved| moved.elapsed() > STUCK)
    }

    fn lock(&self) -> MutexGuard<'_, Inner<W>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write> Inner<W> {
    fn judge(&mut self, direction: &'static str, trouble: Option<&str>, now: Timestamp) {
        let state = match direction {
            RECEIVING => &mut self.status.incoming.direction,
            _ => &mut self.status.outgoing.direction,
        };
        let event = match trouble {
            Some(words) => state
                .fails(words, now)
                .then(|| Event::Trouble { direction, words: words.to_owned() }),
            None => state.works(now).then_some(Event::Works { direction }),
        };
        if let Some(event) = event {
            self.log.show(now, &event);
        }
        let written = self.file.write(&self.status, now);
        if let Err(error) = &written
            && !self.complained
        {
            let words = format!("the state of the bridge cannot be written: {error}");
            self.log.show(now, &Event::Note { words });
        }
        self.complained = written.is_err();
    }
}
