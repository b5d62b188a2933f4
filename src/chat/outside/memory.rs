//! The file that remembers what was taken on and what has not arrived.

use crate::{app::AppError, chat::Outbox, domain::model::Slug, store::Store};

/// The name of it among what is known about services.
fn name() -> Result<Slug, AppError> {
    "chat-posts".parse().map_err(AppError::internal)
}

/// Reads what was remembered. What cannot be read is told, and nothing is posted from it.
///
/// # Errors
/// It cannot be read.
pub(in crate::chat) fn read_outbox(store: &Store) -> Result<Outbox, AppError> {
    Ok(store.service_state(&name()?)?)
}

/// Keeps it, so that it survives a power cut.
///
/// # Errors
/// It cannot be written.
pub fn store_outbox(store: &Store, outbox: &Outbox) -> Result<(), AppError> {
    Ok(store.keep_service_state(&name()?, outbox)?)
}
