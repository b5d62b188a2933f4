//! Puts letters into a folder, one file each, in the format of mail programs.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{MailError, Mailer, Sender, compose};
use crate::domain::notices::Letter;

/// A folder of `.eml` files.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    sender: Sender,
}

impl Folder {
    /// Takes a folder, which is created with the first letter.
    #[must_use]
    pub const fn new(path: PathBuf, sender: Sender) -> Self {
        Self { path, sender }
    }

    /// Returns the file of a letter. The same occasion always has the same file, so a letter sent
    /// twice is there once.
    #[must_use]
    pub fn file(&self, letter: &Letter) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '.' };
        let name: String = letter.key.chars().map(plain).collect();
        self.path.join(format!("{name}.eml"))
    }
}

impl Mailer for Folder {
    fn probe(&mut self) -> Result<(), MailError> {
        fs::create_dir_all(&self.path)
            .map_err(|error| MailError::Down(format!("{}: {error}", self.path.display())))
    }

    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError> {
        let message = compose(letter, &self.sender, at).map_err(MailError::Refused)?;
        let path = self.file(letter);
        write(&self.path, &path, &message.formatted())
            .map_err(|error| MailError::Down(format!("{}: {error}", path.display())))
    }
}

/// Writes a file atomically, readable only by this user, since it contains an address.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let new = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}
