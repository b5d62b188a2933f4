//! Writes a sealed file: completely, or not at all.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
};

use age::{Encryptor, scrypt, stream::StreamWriter};
use tar::{Builder, EntryType, Header};

use super::{Passphrase, SealedError};
use crate::disk::durable;

/// How hard it is to try a passphrase: 2^17 blocks of a kilobyte, a third of a second on a desktop and
/// a few on a Raspberry Pi, and no more memory than the smallest of them has.
const WORK: u8 = 17;

/// A sealed file that is being written.
pub struct Sealing {
    path: PathBuf,
    draft: PathBuf,
    archive: Builder<StreamWriter<BufWriter<File>>>,
}

impl Sealing {
    /// Begins a file, which must not exist yet.
    ///
    /// # Errors
    /// It exists, or cannot be written.
    pub fn begin(path: &Path, passphrase: &Passphrase) -> Result<Self, SealedError> {
        if path.exists() {
            return Err(SealedError::Exists(path.to_owned()));
        }
        let failed = at(path);
        let mut draft = path.as_os_str().to_owned();
        draft.push(".new");
        let draft = PathBuf::from(draft);
        let file = durable::create(&draft, 0o600).map_err(&failed)?;
        let mut recipient = scrypt::Recipient::new(passphrase.secret());
        recipient.set_work_factor(WORK);
        let recipient: &dyn age::Recipient = &recipient;
        let encryptor = Encryptor::with_recipients([recipient].into_iter());
        let encryptor = encryptor.map_err(|it| failed(io::Error::other(it.to_string())))?;
        let stream = encryptor.wrap_output(BufWriter::new(file)).map_err(&failed)?;
        Ok(Self { path: path.to_owned(), draft, archive: Builder::new(stream) })
    }

    /// Adds bytes under a name.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), SealedError> {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o600);
        header.set_size(bytes.len() as u64);
        self.archive.append_data(&mut header, name, bytes).map_err(at(&self.path))
    }

    /// Adds a file of this machine under a name, with its permissions and the names of its user and
    /// group. What is appended to it meanwhile is left out.
    ///
    /// # Errors
    /// It cannot be read, or became shorter meanwhile.
    pub fn add_file(
        &mut self,
        name: &str,
        from: &Path,
        [user, group]: [&str; 2],
    ) -> Result<(), SealedError> {
        let file = File::open(from).map_err(at(from))?;
        let metadata = file.metadata().map_err(at(from))?;
        let mut header = Header::new_gnu();
        header.set_metadata(&metadata);
        header.set_entry_type(EntryType::Regular);
        header.set_size(metadata.len());
        header.set_username(user).map_err(at(from))?;
        header.set_groupname(group).map_err(at(from))?;
        let content = file.take(metadata.len()).chain(TooShort);
        self.archive.append_data(&mut header, name, content.take(metadata.len())).map_err(at(from))
    }

    /// Finishes the file, and returns its size once it is certain to stay.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn finish(self) -> Result<u64, SealedError> {
        let failed = at(&self.path);
        let finish = || {
            let mut file = self.archive.into_inner()?.finish()?;
            file.flush()?;
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            fs::rename(&self.draft, &self.path)?;
            durable::flush(&self.path)?;
            Ok(file.metadata()?.len())
        };
        let finished = finish();
        if finished.is_err() {
            let _ = fs::remove_file(&self.draft); // the first error counts
        }
        finished.map_err(failed)
    }

    /// Removes what was written so far.
    pub fn abandon(self) {
        let _ = fs::remove_file(&self.draft); // what stays of it is sealed all the same
    }
}

impl std::fmt::Debug for Sealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealing").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Comes after the end of a file that had more bytes before.
struct TooShort;

impl io::Read for TooShort {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("it became shorter while it was read; try again"))
    }
}

pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> SealedError + use<> {
    let path = path.to_owned();
    move |source| SealedError::Io { path: path.clone(), source }
}
