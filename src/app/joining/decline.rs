//! Declines an application, with a mail.

use jiff::Timestamp;

use super::{applications, letters};
use crate::{
    app::{AppError, look_up},
    domain::model::{Application, Waiting, text},
    store::Store,
};

/// The longest reason, in bytes.
const LONGEST: usize = 2_000;

/// Declines an application: the mail is sent, then everything that was filled in is removed.
///
/// # Errors
/// The mail cannot be sent; then the application stays.
pub fn decline(
    store: &Store,
    waiting: &Waiting<Application>,
    why: Option<&str>,
    is_told: bool,
    now: Timestamp,
) -> Result<(), AppError> {
    let why = why.map(str::trim).filter(|it| !it.is_empty());
    if why.is_some_and(|it| {
        it.len() > LONGEST || it.lines().any(|it| it.chars().any(text::is_control))
    }) {
        return Err(AppError::user(
            "the reason is too long or cannot be read: write it in plain words",
        ));
    }
    let space = look_up::space(&store.read(store.head()?)?)?;
    if is_told {
        letters::declined(store, &space, &waiting.content, why, now)?;
    }
    Ok(applications(store).remove(&waiting.id)?)
}
