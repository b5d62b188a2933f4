//! The files of all journals, plain or compressed, and their content.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use jiff::civil::Date;

use super::line;
use crate::store::{StoreError, disk::io_at};

/// The files of one month of a journal. A crash during compression may have left both forms.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthFile {
    /// Its first day.
    pub(super) month: Date,
    /// Whether the uncompressed file exists.
    pub(super) plain: bool,
}

/// Lists the months in a folder by the path of their uncompressed file.
pub(super) fn list(folder: &Path) -> Result<BTreeMap<PathBuf, MonthFile>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(io_at(folder)(error)),
    };
    let mut months = BTreeMap::new();
    for entry in entries {
        let entry = entry.map_err(io_at(folder))?;
        if let Some(name) = entry.file_name().to_str().and_then(line::parse_name) {
            let path = folder.join(name.plain);
            let month = months.entry(path).or_insert(MonthFile { month: name.month, plain: false });
            month.plain |= !name.compressed;
        }
    }
    Ok(months)
}

/// The content of a file from some position on.
pub(super) struct MonthContent {
    pub(super) bytes: Vec<u8>,
    /// Whether it came from a compressed file, which never grows.
    pub(super) compressed: bool,
    /// Whether the file may go on after these bytes.
    pub(super) cut: bool,
    /// Why the rest cannot be read, if there should be more.
    pub(super) damage: Option<String>,
}

/// Reads a file, given the path of its uncompressed form: from some position on, at most so many
/// bytes.
pub(super) fn read(path: &Path, from: u64, most: u64) -> io::Result<MonthContent> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(mut file) => {
            file.seek(SeekFrom::Start(from))?;
            file.take(most).read_to_end(&mut bytes)?;
            let cut = bytes.len() as u64 == most;
            return Ok(MonthContent { bytes, compressed: false, cut, damage: None });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    // It may have been compressed since the folder was listed.
    let mut damage = None;
    match File::open(line::compressed_path(path)) {
        Ok(file) => {
            let mut file = flate2::read::MultiGzDecoder::new(io::BufReader::new(file));
            let skipped = io::copy(&mut (&mut file).take(from), &mut io::sink());
            let read = skipped.and_then(|_| file.take(most).read_to_end(&mut bytes));
            damage = read.err().map(|error| error.to_string());
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let cut = bytes.len() as u64 == most;
    Ok(MonthContent { bytes, compressed: true, cut, damage })
}
