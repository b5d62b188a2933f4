//! Where threads tell what happens, and how they are started.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::SyncSender,
    },
    thread,
};

use jiff::Timestamp;

use crate::building::Input;

/// Where threads tell what happens, until the program ends.
#[derive(Clone)]
pub(in crate::building) struct Inbox {
    sender: SyncSender<Input>,
    ending: Arc<AtomicBool>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Inbox {
    pub(in crate::building) fn new(
        sender: SyncSender<Input>,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        Self { sender, ending: Arc::default(), now: Arc::new(now) }
    }

    /// Tells the machine. Waits if it has much to do; tells whether anybody still listens.
    pub(in crate::building) fn tell(&self, input: Input) -> bool {
        self.sender.send(input).is_ok() && !self.is_ending()
    }

    /// Returns the time.
    pub(in crate::building) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Tells whether the program is to end.
    pub(in crate::building) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// Says that the program is to end.
    pub(in crate::building) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }
}

/// Starts a thread.
pub(super) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
