//! Where the journals of a space are on this machine.

use std::path::PathBuf;

use crate::{
    app::AppError,
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
    let here = config.space.as_ref().is_none_or(|space| {
        let same =
            |other: &Store| other.dir().canonicalize().ok() == store.dir().canonicalize().ok();
        Store::discover(space).is_ok_and(|other| same(&other))
    });
    let configured = config.journal.filter(|_| here);
    Ok(configured.unwrap_or_else(|| journal::folder(store.dir())))
}
