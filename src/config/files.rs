//! Which files configure this machine.

use std::path::{Path, PathBuf};

use super::{GUARD_PATH, PATH, VARIABLE, bridge, building, mail, path_of, web};

/// Returns the paths of this machine's files: those in variables, and those in their usual place.
#[must_use]
pub fn files() -> Vec<PathBuf> {
    let known = [(VARIABLE, PATH), bridge::FILE, building::FILE, mail::FILE, web::FILE];
    let guard = Path::new(GUARD_PATH);
    let known = known.into_iter().filter_map(|(variable, default)| path_of(variable, default));
    known.chain(guard.exists().then(|| guard.to_owned())).collect()
}
