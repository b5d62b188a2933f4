//! Follows the link in the mail: whoever does has the address.

use jiff::{SignedDuration, Timestamp};

use super::{Joined, accept, applications, is_members, letters};
use crate::{
    app::{AppError, look_up},
    domain::model::{Acceptance, Application, Stage, Waiting},
    store::Store,
};

/// How long an application waits for an admin.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// What came of a link.
#[derive(Debug)]
pub enum Confirmed {
    /// They are members.
    Joined(Box<Joined>),
    /// Somebody of the space decides.
    Waits,
    /// Meanwhile the address has become a member's.
    Already,
    /// It leads nowhere: it is too old, or was used.
    Nothing,
}

/// Returns the application that a link leads to.
///
/// # Errors
/// It cannot be read.
pub fn find(
    store: &Store,
    link: &str,
    now: Timestamp,
) -> Result<Option<Waiting<Application>>, AppError> {
    Ok(applications(store).by_link(link, now)?)
}

/// Follows a link, once.
///
/// # Errors
/// The members cannot be added.
pub fn confirm(store: &Store, link: &str, now: Timestamp) -> Result<Confirmed, AppError> {
    let all = applications(store);
    let Some(mut waiting) = all.by_link(link, now)? else { return Ok(Confirmed::Nothing) };
    let head = store.read(store.head()?)?;
    let space = look_up::space(&head)?;
    if is_members(&head, &waiting.content.email) {
        all.remove(&waiting.id)?;
        return Ok(Confirmed::Already);
    }
    if space.joining.acceptance == Acceptance::AfterApproval {
        waiting.stage = Stage::Admin;
        waiting.until = now.checked_add(KEPT).unwrap_or(Timestamp::MAX);
        all.put(&waiting)?;
        // They find it in the panel, too.
        let _ = letters::waiting(store, &space, now);
        return Ok(Confirmed::Waits);
    }
    drop(head);
    match accept::accept(store, &waiting.id, None, now) {
        Ok(joined) => Ok(Confirmed::Joined(Box::new(joined))),
        Err(error) if error.message == accept::TAKEN => Ok(Confirmed::Already),
        Err(error) if error.message == accept::GONE => Ok(Confirmed::Nothing),
        Err(error) => Err(error),
    }
}
