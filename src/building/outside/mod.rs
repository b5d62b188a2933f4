//! What is outside: each in a thread of its own, which tells the machine what happens there.

mod bookings;
mod broker;
mod doors;
mod guard;
mod journals;
mod mail;
mod memory;
mod pages;
mod recording;
mod records;
mod thermometers;

pub(super) use self::{
    broker::Broker,
    doors::Orders,
    mail::Mail,
    memory::Memory,
    recording::Recording,
    records::{InForce, follow},
};

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

use super::Input;
use crate::store::Store;

/// Where threads tell what happens, until the program ends.
#[derive(Clone)]
pub(super) struct Inbox {
    sender: SyncSender<Input>,
    ending: Arc<AtomicBool>,
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Inbox {
    pub(super) fn new(
        sender: SyncSender<Input>,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        Self { sender, ending: Arc::default(), now: Arc::new(now) }
    }

    /// Tells the machine. Waits if it has much to do; tells whether anybody still listens.
    pub(super) fn tell(&self, input: Input) -> bool {
        self.sender.send(input).is_ok() && !self.is_ending()
    }

    /// Returns the time.
    pub(super) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Tells whether the program is to end.
    pub(super) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// Says that the program is to end.
    pub(super) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }
}

/// Starts the threads that only look.
pub(super) fn watch(
    inbox: &Inbox,
    config: &crate::config::BuildingConfig,
    journal: &std::path::Path,
    in_force: &InForce,
    store: &Arc<Store>,
) -> io::Result<()> {
    guard::start(inbox.clone(), config.guard.clone())?;
    thermometers::start(inbox.clone(), in_force.clone())?;
    pages::start(inbox.clone(), in_force.clone())?;
    bookings::start(inbox.clone(), Arc::clone(store), in_force.clone())?;
    let names = config.mqtt.as_ref().is_some_and(|it| it.names);
    journals::start(inbox.clone(), journal.to_owned(), Arc::clone(store), names)
}

/// Starts a thread.
fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
