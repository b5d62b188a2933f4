//! Reads the file, if nobody may write it but those who may.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use super::protected;
use crate::{
    config::ConfigError,
    domain::model::{Finding, FindingCode},
};

/// Who may be the author of a configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// Only root.
    Root,
    /// Anybody: this is a rehearsal, without a furnace.
    Anybody,
}

/// The largest file, in bytes.
const LARGEST: u64 = 64 * 1024;

/// Reads a file. What is looked at is the file that is read, not what has its name afterwards.
pub(super) fn read(path: &Path, trust: Trust) -> Result<String, ConfigError> {
    let failed = |source: io::Error| ConfigError::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    if trust == Trust::Root {
        let metadata = file.metadata().map_err(failed)?;
        let own = protected::complain(&metadata, 0).map(|why| format!("this file {why}"));
        let folder = path.parent().unwrap_or(path);
        let all = own.into_iter().chain(protected::folders(folder, 0));
        let findings: Vec<Finding> =
            all.map(|why| Finding::error(FindingCode::BadGuard, path.display(), why)).collect();
        if !findings.is_empty() {
            return Err(ConfigError::Refused(path.to_owned(), findings));
        }
    }
    let mut text = String::new();
    file.take(LARGEST).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}
