//! What is outside: each in a thread of its own, which tells the machine what happens there.

mod applications;
mod bridge;
mod building;
mod doors;
mod failures;
mod inbox;
mod journals;
mod lines;
mod memory;
mod office;
mod posts;
mod records;

pub use self::{failures::report_failure, memory::store_outbox};
pub(super) use self::{
    inbox::Inbox,
    memory::read_outbox,
    posts::{Posts, untried},
    records::{InForce, follow},
};

use std::{io, path::Path, sync::Arc};

use super::commands::Desk;
use crate::{app::AppError, config::ServicesConfig, store::Store};

/// Starts the threads that only look, and those that listen to commands.
pub(super) fn watch(
    inbox: &Inbox,
    config: &ServicesConfig,
    journal: &Path,
    in_force: &InForce,
    store: &Arc<Store>,
) -> Result<(), AppError> {
    let internal = |error: io::Error| AppError::internal(error.to_string());
    let events = &config.events;
    doors::start(inbox.clone(), events.doors.clone(), in_force.clone()).map_err(internal)?;
    building::start(inbox.clone(), events.building.clone()).map_err(internal)?;
    let bridge = events.bridge.clone().unwrap_or_else(|| store.dir().join("bridge.json"));
    bridge::start(inbox.clone(), bridge).map_err(internal)?;
    applications::start(inbox.clone(), Arc::clone(store)).map_err(internal)?;
    failures::start(inbox.clone(), Arc::clone(store)).map_err(internal)?;
    journals::start(inbox.clone(), journal.to_owned()).map_err(internal)?;
    office::start(inbox.clone(), Arc::clone(store), config, in_force.clone()).map_err(internal)?;
    for (name, chat) in &config.chats {
        let options = crate::app::chat::options(chat)?;
        if options.app_secret.is_some() {
            let (unlock, doors) = (chat.unlock.clone(), events.doors.clone());
            let space = store.dir().to_owned();
            let desk = Desk::new(space, name.clone(), journal.to_owned(), doors, unlock)
                .answered_by(chat.applications.clone());
            lines::start(inbox.clone(), options, desk).map_err(internal)?;
        }
    }
    Ok(())
}
