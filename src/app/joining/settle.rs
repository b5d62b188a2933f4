//! Finishes what a kill or a mail server left unfinished, and forgets what is too old.

use jiff::Timestamp;

use super::{accept, applications};
use crate::{app::AppError, domain::model::Stage, store::Store};

/// Welcomes those who were added and have not been welcomed, and removes what is no longer kept.
/// Returns how many were welcomed.
///
/// # Errors
/// What waits cannot be read or removed, or no mail can be sent.
pub fn settle(store: &Store, now: Timestamp) -> Result<usize, AppError> {
    let all = applications(store);
    let mut welcomed = 0;
    for waiting in all.all(Timestamp::MIN) {
        if !matches!(waiting.stage, Stage::Welcome { .. }) {
            continue;
        }
        let joined = match accept::accept(store, &waiting.id, None, now) {
            // Somebody else has the address meanwhile: there is nobody to welcome.
            Err(error) if error.message == accept::TAKEN => {
                all.remove(&waiting.id)?;
                continue;
            }
            joined => joined?,
        };
        if let Some(why) = joined.unsent {
            return Err(AppError::internal(format!("a welcome was not sent: {why}")));
        }
        welcomed += 1;
    }
    all.sweep(now)?;
    Ok(welcomed)
}
