//! The letters that this machine keeps as files.

use std::path::PathBuf;

use crate::{app::AppError, config::MailConfig, integrations::mail::KeptLetter, store::Store};

/// Returns the folder into which letters are put if there is no server.
#[must_use]
pub fn folder(config: &MailConfig, store: &Store) -> PathBuf {
    config.folder.clone().unwrap_or_else(|| store.dir().join("mail"))
}

/// Lists the letters in that folder. They stay there if a server is configured later.
///
/// # Errors
/// Fails if the configuration cannot be used, or if the folder cannot be read.
pub fn letters(store: &Store) -> Result<Vec<KeptLetter>, AppError> {
    let folder = folder(&MailConfig::load()?, store);
    KeptLetter::list(&folder)
        .map_err(|error| AppError::internal(format!("cannot read {}: {error}", folder.display())))
}
