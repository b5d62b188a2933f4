//! Proves that a machine can be made from a bundle.

use std::path::Path;

use jiff::Timestamp;

use super::{Scratch, Verified, restore};
use crate::{
    app::{AppError, Progress},
    integrations::sealed::Passphrase,
};

/// Verifies a bundle: restores it to a temporary folder, where every record is checked, the index is
/// compiled, and the last of its own activities are decided again.
///
/// # Errors
/// Fails as a restore does.
pub fn verify(
    file: &Path,
    passphrase: &Passphrase,
    progress: &dyn Progress,
    now: Timestamp,
) -> Result<Verified, AppError> {
    let scratch = Scratch::new()?;
    let dir = scratch.path().join("copy");
    Ok(restore::restore(file, passphrase, Some(&dir), progress, now)?.verified)
}
