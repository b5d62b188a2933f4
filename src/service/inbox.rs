//! Where threads tell a machine what happens, and how they are started.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use jiff::Timestamp;

/// What may wait for the machine before those that tell it something wait.
const WAITING: usize = 1_024;

/// Where threads tell a machine what happens, until the program ends.
pub(crate) struct Inbox<I> {
    sender: SyncSender<I>,
    ending: Arc<AtomicBool>,
    now: Arc<Mutex<dyn Fn() -> Timestamp + Send>>,
}

impl<I> Inbox<I> {
    /// Opens one, by a clock; the machine reads what was told.
    pub(crate) fn open(now: impl Fn() -> Timestamp + Send + 'static) -> (Self, Receiver<I>) {
        let (sender, inputs) = sync_channel(WAITING);
        (Self { sender, ending: Arc::default(), now: Arc::new(Mutex::new(now)) }, inputs)
    }

    /// Tells the machine. Waits if it has much to do; tells whether anybody still listens.
    pub(crate) fn tell(&self, input: I) -> bool {
        self.sender.send(input).is_ok() && !self.is_ending()
    }

    /// Returns the time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)()
    }

    /// Tells whether the program is to end.
    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// Says that the program is to end.
    pub(super) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }
}

impl<I> Clone for Inbox<I> {
    fn clone(&self) -> Self {
        let (sender, ending) = (self.sender.clone(), Arc::clone(&self.ending));
        Self { sender, ending, now: Arc::clone(&self.now) }
    }
}

/// Starts a thread.
pub(crate) fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
