//! `unlock`: asks a running door to unlock, if the configuration allows it and it would open to whoever asks.

use jiff::Timestamp;

use super::{Asker, Desk, Reply, presses::once};
use crate::{
    app::{AppError, look_up},
    chat::press::{Act, Press},
    control::{self, AskError, Request},
    domain::model::AccessResult,
    store::Store,
};

/// The number of facilities among which somebody chooses.
const MOST: usize = 20;

impl Desk {
    /// Asks which of the facilities that open to whoever asks is to be unlocked.
    pub(super) fn ask_to_unlock(
        &self,
        store: &Store,
        asker: &Asker,
        account: &str,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        let head = store.read(store.head()?)?;
        let mut buttons = Vec::new();
        for facility in self.unlock.iter().take(MOST) {
            // One that cannot be decided keeps no other from being unlocked.
            let decided = self.decide(store, asker, facility.as_str(), now);
            if decided.is_ok_and(|(it, _)| it.result == AccessResult::Granted) {
                let name = look_up::facility(&head, facility.as_str())?.1.name;
                let press = once(Act::Unlock(facility.clone()), account, now);
                buttons.push(press.labelled(format!("Unlock {name}")));
            }
        }
        if buttons.is_empty() {
            let words = "nothing that may be unlocked from here opens to you now";
            return Err(AppError::user(words));
        }
        buttons.push(Press::Nothing.button());
        let text = "What is to be unlocked, for a moment?".to_owned();
        Ok(Reply { text, buttons })
    }

    /// Asks the doors; the one that has the facility unlocks, and journals who asked.
    pub(super) fn do_unlock(
        &self,
        store: &Store,
        asker: &Asker,
        facility: &str,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let allowed = self.unlock.iter().find(|it| it.as_str() == facility);
        let Some(facility) = allowed else {
            return Err(AppError::user("the space does not let that be unlocked from here"));
        };
        let (answer, reason) = self.decide(store, asker, facility.as_str(), now)?;
        if answer.result != AccessResult::Granted {
            return Err(AppError::user(format!("{facility} does not open to you: {reason}")));
        }
        let by = format!("{} at {}", asker.id, self.chat);
        let request = Request::Unlock { door: facility.clone(), by, seconds: None };
        let mut why = None;
        for socket in &self.doors {
            match control::ask(socket, &request) {
                Ok(_) => return Ok(format!("{facility} is unlocked for a moment.")),
                // The one that has the door says more than those that do not.
                Err(error @ AskError::Refused(_)) => why = Some(error),
                Err(error) => why = why.or(Some(error)),
            }
        }
        let why = why.map_or_else(|| "no door runs here".to_owned(), |it| it.to_string());
        Err(AppError::user(format!("{facility} was not unlocked: {why}")))
    }
}
