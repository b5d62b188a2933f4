//! Where the journals of a space are on this machine.

use std::path::PathBuf;

use crate::{
    app::{AppError, here::is_here},
    config::Config,
    store::{Store, journal},
};

/// Returns the folder of the journals that this machine's door writes: the configured one if this
/// is the space of that door, and otherwise the one inside the repository.
///
/// # Errors
/// Fails if the configuration cannot be used.
pub fn folder(store: &Store) -> Result<PathBuf, AppError> {
    let config = Config::load()?;
    let here = is_here(store, config.space.as_deref());
    let configured = config.journal.filter(|_| here);
    Ok(configured.unwrap_or_else(|| journal::folder(store.dir())))
}
