//! Opens a sealed file once all of it is known to be as it was written.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, Read, Seek as _, SeekFrom},
    path::{Component, Path, PathBuf},
};

use age::{DecryptError, Decryptor, scrypt, stream::StreamReader};
use tar::Archive;

use super::{Passphrase, SealedError, kind::is_sealed, sealing::at};

/// The most work that is done for a passphrase: a quarter of a gigabyte of memory.
const MOST_WORK: u8 = 18;

/// A sealed file that was opened.
pub struct Opened {
    path: PathBuf,
    reader: StreamReader<BufReader<File>>,
}

/// One file in it.
pub struct Entry<'e> {
    /// Its name: folders and a name, none of which leads out of the folder that it is put into.
    pub name: PathBuf,
    /// Its permissions.
    pub mode: u32,
    /// The names of its user and group.
    pub owner: [String; 2],
    /// Its size in bytes.
    pub size: u64,
    /// What is in it.
    pub content: &'e mut dyn Read,
}

impl Opened {
    /// Opens a file. All of it is read and compared with its seal first, so that nothing is done by
    /// what was cut short or tampered with.
    ///
    /// # Errors
    /// It is another kind of file, the passphrase is another one, or it is damaged.
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, SealedError> {
        let file = File::open(path).map_err(at(path))?;
        if !is_sealed(path) {
            return Err(SealedError::NotSealed(path.to_owned()));
        }
        let damaged = |why: String| SealedError::Damaged { path: path.to_owned(), why };
        let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(|error| {
            damaged(match error {
                DecryptError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    "it was cut short".to_owned()
                }
                error => error.to_string(),
            })
        })?;
        let mut identity = scrypt::Identity::new(passphrase.secret());
        identity.set_max_work_factor(MOST_WORK);
        let identity: &dyn age::Identity = &identity;
        let reader = decryptor.decrypt([identity].into_iter()).map_err(|error| match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys => SealedError::WrongPassphrase(path.to_owned()),
            error => damaged(error.to_string()),
        })?;
        let mut opened = Self { path: path.to_owned(), reader };
        io::copy(&mut opened.reader, &mut io::sink()).map_err(|error| {
            damaged(match error.kind() {
                io::ErrorKind::UnexpectedEof => "it was cut short".to_owned(),
                _ => "it is not as it was written".to_owned(),
            })
        })?;
        Ok(opened)
    }

    /// Visits each file in it, in the order in which they were added, as long as the visitor says so.
    ///
    /// # Errors
    /// The file cannot be read, has a name that leads elsewhere, or the visitor fails.
    pub fn each<E: From<SealedError>>(
        &mut self,
        mut visit: impl FnMut(Entry<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let failed = at(&self.path);
        self.reader.seek(SeekFrom::Start(0)).map_err(&failed)?;
        let mut archive = Archive::new(&mut self.reader);
        for entry in archive.entries().map_err(&failed)? {
            let mut entry = entry.map_err(&failed)?;
            let name = entry.path().map_err(&failed)?.into_owned();
            let stays = name.components().all(|it| matches!(it, Component::Normal(_)));
            if !stays || !entry.header().entry_type().is_file() {
                let why = format!("{} is not the name of a file in it", name.display());
                return Err(SealedError::Damaged { path: self.path.clone(), why }.into());
            }
            let header = entry.header();
            let named = |found: Result<Option<&str>, _>| match found {
                Ok(Some(name)) => name.to_owned(),
                _ => String::new(),
            };
            let owner =
                [named(header.username().map_err(drop)), named(header.groupname().map_err(drop))];
            let mode = header.mode().unwrap_or(0o600) & 0o777;
            let size = entry.size();
            if !visit(Entry { name, mode, owner, size, content: &mut entry })? {
                break;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("path", &self.path).finish_non_exhaustive()
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}
