//! Replaces the bundles in a program that was built without them.

use std::path::Path;

use jiff::Timestamp;

use super::{Bundled, Restored, Verified};
use crate::{
    app::{AppError, Progress},
    integrations::sealed::Passphrase,
    left_out,
    store::Store,
};

/// Makes no bundle.
///
/// # Errors
/// Always: this program cannot.
pub fn bundle(
    _: &Store,
    _: &Path,
    _: &Passphrase,
    _: &dyn Progress,
    _: Timestamp,
) -> Result<Bundled, AppError> {
    Err(missing())
}

/// Restores nothing.
///
/// # Errors
/// Always: this program cannot.
pub fn restore(
    _: &Path,
    _: &Passphrase,
    _: Option<&Path>,
    _: &dyn Progress,
    _: Timestamp,
) -> Result<Restored, AppError> {
    Err(missing())
}

/// Verifies nothing.
///
/// # Errors
/// Always: this program cannot.
pub fn verify_bundle(
    _: &Path,
    _: &Passphrase,
    _: &dyn Progress,
    _: Timestamp,
) -> Result<Verified, AppError> {
    Err(missing())
}

fn missing() -> AppError {
    AppError::user(left_out::without("sealed backups")).hint(left_out::INSTALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_reported() {
        let error = missing();
        assert_eq!(error.message, "this `space` was built without sealed backups");
        assert_eq!(error.advice, Some(left_out::INSTALL.into()));
    }
}
