//! What is outside: each in a thread of its own, which tells the machine what happens there.

mod bookings;
mod broker;
mod doors;
mod guard;
mod inbox;
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
    inbox::Inbox,
    mail::Mail,
    memory::Memory,
    recording::Recording,
    records::{InForce, follow},
};

use std::{io, sync::Arc};

use crate::{service::start_thread as start, store::Store};

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
