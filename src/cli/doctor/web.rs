//! Checks whether pages are served.

use std::path::Path;

use super::diagnosis::Diagnosis;
use crate::{config::WebConfig, store::Store, web};

/// The name of what is examined.
const WHAT: &str = "web";

/// Looks at the web, if this machine has one.
pub(super) fn examine(store: &Store) -> Vec<Diagnosis> {
    let Some(path) = WebConfig::path() else { return Vec::new() };
    let config = match WebConfig::read(&path) {
        Ok(config) => config,
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    // The web may work with a repository of its own.
    let own = match config.space.as_deref().map(Store::open).transpose() {
        Ok(own) => own,
        Err(error) => return vec![Diagnosis::from_error(WHAT, error)],
    };
    let process = match own.as_ref().unwrap_or(store).sole_holder(web::KIND) {
        Some(_) => Diagnosis::ok(WHAT, "running"),
        None => {
            Diagnosis::warning(WHAT, "not running", "start it: `systemctl enable --now space-web`")
        }
    };
    [process].into_iter().chain(readable_by_all(&path)).collect()
}

/// Warns of hashes of passwords that everybody on this machine can read, and try out.
#[cfg(unix)]
fn readable_by_all(path: &Path) -> Option<Diagnosis> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let advice = format!("`chmod o= {}`", path.display());
    let words = format!("everybody on this machine can read {}", path.display());
    (mode & 0o004 != 0).then(|| Diagnosis::warning(WHAT, words, advice))
}

#[cfg(not(unix))]
fn readable_by_all(_: &Path) -> Option<Diagnosis> {
    None
}
