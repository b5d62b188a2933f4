//! The git hooks of a data repository: the same checks for those who commit without `space`, and
//! what git refuses by itself.

use std::path::PathBuf;

use crate::{app::AppError, store::Store};

const PRE_COMMIT: &str = include_str!("../../../hooks/pre-commit");
const PRE_RECEIVE: &str = include_str!("../../../hooks/pre-receive");
const POST_MERGE: &str = include_str!("../../../hooks/post-merge");

/// The hooks by their names.
pub const HOOKS: [(&str, &str); 3] =
    [("pre-commit", PRE_COMMIT), ("pre-receive", PRE_RECEIVE), ("post-merge", POST_MERGE)];

/// Installs the hooks. Returns existing hooks that differ; they are left as they are.
///
/// # Errors
/// Fails if the folder of the hooks or git's settings cannot be written.
pub fn install(store: &Store) -> Result<Vec<PathBuf>, AppError> {
    store.enable_transfer_checks()?;
    store.enable_merges()?;
    let mut left_alone = Vec::new();
    for (name, text) in HOOKS {
        left_alone.extend(store.install_hook(name, text)?);
    }
    Ok(left_alone)
}
