//! Files with a secret, which nobody but this process and root may read.

use std::path::Path;

use super::{ConfigError, read_text};
use crate::domain::model::{Finding, FindingCode};

/// Reads a secret; a finding about it has this code.
///
/// # Errors
/// The file cannot be read, or others may read it.
pub(super) fn read(path: &Path, code: FindingCode) -> Result<String, ConfigError> {
    let text = read_text(path)?;
    if let Some(why) = readable_by_others(path) {
        let finding = Finding::error(code, path.display(), why);
        return Err(ConfigError::Refused(path.to_owned(), vec![finding]));
    }
    Ok(text.trim().to_owned())
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = path.metadata().ok()?.mode();
    (mode & 0o027 != 0)
        .then_some("others may read the secret, or its group may change it: chmod 640 or 600")
}

#[cfg(not(unix))]
const fn readable_by_others(_: &Path) -> Option<&'static str> {
    None
}
