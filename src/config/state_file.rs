//! Files in which running programs say how they are, for all to read.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

/// The largest file, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Reads a file; `None` if there is none.
///
/// # Errors
/// It cannot be read, or is not from such a program.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let file = match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut text = Vec::new();
    file.take(LARGEST).read_to_end(&mut text)?;
    Ok(Some(serde_json::from_slice(&text)?))
}

/// Replaces a file, for all to read.
pub(super) fn write<T: Serialize>(state: &T, path: &Path) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(state)?;
    text.push(b'\n');
    let temporary = temporary(path);
    // What lies there may be anything, if others may write the folder; it is not followed.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::File::create_new(&temporary)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    file.write_all(&text)?;
    fs::rename(&temporary, path)
}

fn temporary(path: &Path) -> PathBuf {
    path.with_extension("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_followed_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.json");
        let state = vec!["cut".to_owned()];
        assert_eq!(read::<Vec<String>>(&path).unwrap(), None);
        write(&state, &path).unwrap();
        assert_eq!(read(&path).unwrap(), Some(state.clone()));
        #[cfg(unix)]
        {
            let treasure = dir.path().join("treasure");
            fs::write(&treasure, "gold").unwrap();
            std::os::unix::fs::symlink(&treasure, temporary(&path)).unwrap();
            write(&state, &path).unwrap();
            assert_eq!(fs::read(&treasure).unwrap(), b"gold");
        }
        fs::write(&path, "{").unwrap();
        assert!(read::<Vec<String>>(&path).is_err());
    }
}
