//! The git hooks of a data repository: the same checks for those who commit without `space`, and
//! what git refuses by itself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{app::AppError, store::Store};

const PRE_COMMIT: &str = include_str!("../../../hooks/pre-commit");
const PRE_RECEIVE: &str = include_str!("../../../hooks/pre-receive");
const POST_MERGE: &str = include_str!("../../../hooks/post-merge");

/// Installs the hooks. Returns existing hooks that differ; they are left as they are.
///
/// # Errors
/// Fails if the folder of the hooks or git's settings cannot be written.
pub fn install(store: &Store) -> Result<Vec<PathBuf>, AppError> {
    store.enable_transfer_checks()?;
    store.enable_merges()?;
    let dir = store.dir().with_file_name("hooks");
    let mut left_alone = Vec::new();
    for (name, text) in
        [("pre-commit", PRE_COMMIT), ("pre-receive", PRE_RECEIVE), ("post-merge", POST_MERGE)]
    {
        let path = dir.join(name);
        let written = write(&dir, &path, text)
            .map_err(|error| AppError::internal(format!("{}: {error}", path.display())))?;
        if !written {
            left_alone.push(path);
        }
    }
    Ok(left_alone)
}

fn write(dir: &Path, path: &Path, text: &str) -> io::Result<bool> {
    match fs::read_to_string(path) {
        Ok(found) => return Ok(found == text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(_) => return Ok(false),
    }
    fs::create_dir_all(dir)?;
    fs::write(path, text)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(true)
}
