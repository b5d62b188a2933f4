//! Files that commands write besides the records: completely, or not at all.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Readers {
    /// Anybody whom the system lets.
    Anybody,
    /// Only its owner.
    Owner,
}

/// Writes a file so that a reader sees either the old content or the new, never half of it.
///
/// # Errors
/// Fails if the file cannot be written.
pub(in crate::cli) fn replace(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    // A pipe or a device is written to; it must not be replaced by a file.
    if fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return fs::write(path, bytes);
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(hidden);
    let done = write(&new, bytes, readers).and_then(|()| fs::rename(&new, path));
    if done.is_err() {
        // Remove what is left of the attempt; there may be nothing.
        let _ = fs::remove_file(&new);
    }
    done
}

fn write(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    // If somebody planted something in its place, perhaps a link, it must not receive the content.
    let _ = fs::remove_file(path); // usually there is none
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("report.csv");
        for text in ["first", "second"] {
            replace(&path, text.as_bytes(), Readers::Anybody).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert!(replace(&dir.path().join("no/such/folder.csv"), b"", Readers::Owner).is_err());
        assert!(replace(dir.path(), b"", Readers::Owner).is_err(), "a folder");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_may_be_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ada.json");
        replace(&path, b"{}", Readers::Owner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
