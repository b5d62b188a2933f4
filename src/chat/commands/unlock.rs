//! `unlock`: asks a running door to unlock, if the configuration allows it and it would open to whoever asks.

use jiff::Timestamp;

use super::{Asker, Desk};
use crate::{
    app::AppError,
    control::{self, AskError, Request},
    domain::model::AccessResult,
    store::Store,
};

impl Desk {
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
