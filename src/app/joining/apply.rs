//! Takes an application: what comes of it depends on the settings, and on whether the address is new.

use jiff::{SignedDuration, Timestamp};

use super::{Joined, accept, applications, is_members, letters};
use crate::{
    app::{AppError, look_up},
    domain::model::{Acceptance, Application, Stage, Waiting},
    store::{ErrorKind, Store},
};

/// How long the link in the mail can be followed.
const LINK: SignedDuration = SignedDuration::from_hours(24);

/// What came of an application.
#[derive(Debug)]
pub enum Applied {
    /// A mail went to the address; nothing says whether it is a member's.
    Mailed,
    /// They are members at once.
    Joined(Box<Joined>),
}

/// Takes an application. `url` is what the address of the page that confirms begins with.
///
/// # Errors
/// Nobody joins by themselves here, too many applications wait, or no mail can be sent.
pub fn apply(
    store: &Store,
    application: Application,
    url: &str,
    now: Timestamp,
) -> Result<Applied, AppError> {
    let head = store.read(store.head()?)?;
    let space = look_up::space(&head)?;
    if is_members(&head, &application.email) {
        letters::already(store, &space, &application, now)?;
        return Ok(Applied::Mailed);
    }
    let all = applications(store);
    if all.is_full() {
        return Err(AppError::new(ErrorKind::Busy, "too many applications wait"));
    }
    let id = all.new_id();
    let (link, stage) = Waiting::<Application>::new_link(&id);
    let until = now.checked_add(LINK).unwrap_or(Timestamp::MAX);
    let mut waiting = Waiting { id, since: now, until, stage, content: application };
    if space.joining.acceptance == Acceptance::AtOnce {
        waiting.stage = Stage::Admin;
        all.put(&waiting)?;
        return Ok(Applied::Joined(Box::new(accept::accept(store, &waiting.id, None, now)?)));
    }
    all.put(&waiting)?;
    let sent = letters::link(store, &space, &waiting.content, &format!("{url}{link}"), now);
    if let Err(error) = sent {
        all.remove(&waiting.id)?; // nobody has the link
        return Err(error);
    }
    Ok(Applied::Mailed)
}
