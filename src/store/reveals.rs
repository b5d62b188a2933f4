//! Who was shown whose personal data, when and why: a file of JSON lines beside the journals.
//!
//! It has numbers in place of names, and is not in the history of the records.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    disk::{durable, private_dir},
};
use crate::domain::model::MemberId;

/// One time that personal data was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reveal {
    /// When.
    pub time: Timestamp,
    /// The name of the login that it was shown to.
    pub by: String,
    /// Whose data it was.
    pub member: MemberId,
    /// The reason that was given.
    pub reason: String,
}

/// Returns the file, given the folder of the journals.
fn file(journals: &Path) -> PathBuf {
    journals.join("reveals.jsonl")
}

/// Appends a line. Once this returns, a power cut does not undo it.
///
/// # Errors
/// The file cannot be written; then nothing may be shown.
pub fn append(journals: &Path, reveal: &Reveal) -> Result<(), StoreError> {
    let path = file(journals);
    let write = || -> io::Result<()> {
        private_dir(journals)?;
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let mut file = options.open(&path)?;
        file.lock()?;
        let mut line = serde_json::to_vec(reveal)?;
        line.push(b'\n');
        if !ends_with_line_break(&mut file)? {
            line.insert(0, b'\n'); // a power cut has torn the last line
        }
        file.write_all(&line)?;
        file.sync_all()?;
        durable::flush_dir(journals)
    };
    write().map_err(|source| StoreError::Io { path: path.clone(), source })
}

fn ends_with_line_break(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Returns all of them, the oldest first. Lines that a power cut has torn are left out.
///
/// # Errors
/// The file cannot be read.
pub fn read(journals: &Path) -> Result<Vec<Reveal>, StoreError> {
    let path = file(journals);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(StoreError::Io { path, source }),
    };
    let lines = bytes.split(|byte| *byte == b'\n');
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_is_read_even_after_a_torn_line() {
        let dir = tempfile::tempdir().unwrap();
        let journals = dir.path().join("journal");
        assert_eq!(read(&journals).unwrap(), []);
        let reveal = |reason: &str| Reveal {
            time: "2026-01-15T18:00:00Z".parse().unwrap(),
            by: "desk".into(),
            member: "0042".parse().unwrap(),
            reason: reason.into(),
        };
        append(&journals, &reveal("a parcel\nfor them")).unwrap();
        let mut torn = OpenOptions::new().append(true).open(file(&journals)).unwrap();
        torn.write_all(b"{\"time\":\"2026").unwrap();
        append(&journals, &reveal("an accident")).unwrap();
        let reasons: Vec<_> = read(&journals).unwrap().into_iter().map(|it| it.reason).collect();
        assert_eq!(reasons, ["a parcel\nfor them", "an accident"]);
    }
}
