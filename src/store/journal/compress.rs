//! Compresses the months that nobody writes to any more.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use jiff::civil::Date;

use super::{line, month_file};
use crate::store::{
    StoreError,
    disk::{durable, io_at},
};

/// An uncompressed file of an old month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Old {
    /// Where it lies.
    pub path: PathBuf,
    /// The first day of its month.
    pub month: Date,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The result for one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Compressed {
    /// It is compressed; this is the new size in bytes.
    Done(u64),
    /// It was left unchanged, because a process writes to it.
    InUse,
}

/// Lists the files of months before the given one, which is given by its first day.
///
/// # Errors
/// The folder cannot be read.
pub fn before(folder: &Path, first: Date) -> Result<Vec<Old>, StoreError> {
    let mut found = Vec::new();
    for (path, month) in month_file::list(folder)? {
        if month.plain && month.month < first {
            let bytes = fs::metadata(&path).map_err(io_at(&path))?.len();
            found.push(Old { path, month: month.month, bytes });
        }
    }
    found.sort_by_key(|old| old.month);
    Ok(found)
}

/// Compresses a file unless a process writes to it. At every moment the whole month exists: the
/// compressed file is on the disk, read back and compared before the plain file is removed.
///
/// # Errors
/// A file cannot be read or written; the plain file is kept then.
pub fn compress(path: &Path) -> Result<Compressed, StoreError> {
    let mut file = File::options().read(true).write(true).open(path).map_err(io_at(path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Ok(Compressed::InUse),
        Err(fs::TryLockError::Error(error)) => return Err(io_at(path)(error)),
    }
    let compressed = line::compressed_path(path);
    let draft = compressed.with_extension("gz.new");
    let size = write_compressed(&mut file, &draft).map_err(io_at(&draft)).inspect_err(|_| {
        let _ = fs::remove_file(&draft); // it may not exist; the first error counts
    })?;
    let folder = path.parent().unwrap_or(path);
    let renamed = fs::rename(&draft, &compressed).and_then(|()| durable::flush_dir(folder));
    renamed.map_err(io_at(&compressed))?;
    fs::remove_file(path).and_then(|()| durable::flush_dir(folder)).map_err(io_at(path))?;
    Ok(Compressed::Done(size))
}

fn write_compressed(file: &mut File, draft: &Path) -> io::Result<u64> {
    let mut plain = Vec::new();
    file.read_to_end(&mut plain)?;
    let mut encoder = GzEncoder::new(durable::create(draft, 0o640)?, Compression::best());
    encoder.write_all(&plain)?;
    let written = encoder.finish()?;
    written.sync_all()?;
    let mut read = Vec::with_capacity(plain.len());
    GzDecoder::new(io::BufReader::new(File::open(draft)?)).read_to_end(&mut read)?;
    if read != plain {
        return Err(io::Error::other("the compressed copy differs from the original"));
    }
    Ok(written.metadata()?.len())
}
