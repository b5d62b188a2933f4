//! How far the journals were handed over, kept in a file.
//!
//! For each month it says where the last line that was handed over ends, and which line that was. A
//! power cut may take lines away that were already handed over, and others are then written in
//! their place: a position alone would not notice.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{line, read_settled::read_settled};
use crate::store::{
    StoreError,
    disk::{durable, io_at, private_dir},
};

/// How many marks are kept of the newest months; of the others, the last one.
const MARKS: usize = 4;

/// How far the journals were handed over.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Cursor {
    /// What happened before this moment is not handed over.
    pub(super) since: Timestamp,
    /// The months of each process, by the name of their uncompressed file.
    months: BTreeMap<String, Handed>,
}

/// How far a month was handed over.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Handed {
    /// Lines that were handed over, the last one last.
    marks: Vec<Mark>,
    /// Whether that was all of a file that is compressed, so that it need not be read again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    done: bool,
}

/// A line that was handed over.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// The position of its end.
    pub(super) upto: u64,
    /// Its length in bytes.
    pub(super) length: u64,
    /// Its number.
    pub(super) line: u32,
    /// Its id ([`line::id`]).
    pub(super) id: String,
}

impl Cursor {
    /// Starts at a moment.
    pub(super) const fn new(since: Timestamp) -> Self {
        Self { since, months: BTreeMap::new() }
    }

    /// Reads a file; `None` if there is none yet.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_at(path)(error)),
        };
        let read = serde_json::from_slice(&bytes);
        read.map(Some).map_err(|error| {
            let words = format!(
                "is damaged ({error}), so it is not known which activities were sent; remove it to \
                 begin again"
            );
            io_at(path)(io::Error::new(io::ErrorKind::InvalidData, words))
        })
    }

    /// Replaces the file. Its content reaches the disk before its name does, so that a power cut
    /// leaves the old file or the new one.
    pub(super) fn write(&self, path: &Path) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(self).expect("positions are plain data");
        let draft = path.with_extension("new");
        let write = || {
            path.parent().map_or(Ok(()), private_dir)?;
            let mut file = durable::create(&draft, 0o600)?;
            file.write_all(&bytes)?;
            file.sync_data()?;
            fs::rename(&draft, path)
        };
        write().map_err(io_at(path))
    }

    /// Finds where to go on reading a file, and the number of lines before: after the newest of its
    /// marks that is still in its place; after none, if all that was handed over has been replaced.
    pub(super) fn resume(&self, path: &Path) -> io::Result<(u64, u32)> {
        let marks = self.of(path).map_or(&[][..], |it| &it.marks);
        for mark in marks.iter().rev() {
            if mark.is_in(path)? {
                return Ok((mark.upto, mark.line));
            }
        }
        Ok((0, 0))
    }

    /// Tells whether a compressed file was handed over completely.
    pub(super) fn is_done(&self, path: &Path) -> bool {
        self.of(path).is_some_and(|it| it.done)
    }

    /// Records that a file was handed over up to a line.
    pub(super) fn push(&mut self, path: &Path, mark: Mark) {
        let handed = self.months.entry(name(path)).or_default();
        handed.marks.retain(|it| it.upto < mark.upto);
        handed.marks.push(mark);
        let surplus = handed.marks.len().saturating_sub(MARKS);
        handed.marks.drain(..surplus);
    }

    /// Records that a compressed file was handed over completely.
    pub(super) fn done(&mut self, path: &Path) {
        self.months.entry(name(path)).or_default().done = true;
    }

    /// Keeps only what is needed for the files that are there: nothing about months that expired,
    /// and one mark of those that are over.
    pub(super) fn tidy(&mut self, files: &[PathBuf]) {
        let there: Vec<String> = files.iter().map(|path| name(path)).collect();
        let month = |name: &str| line::parse_name(name).map(|it| it.month);
        // Without any files, the disk with the journals may be missing.
        let Some(newest) = there.iter().filter_map(|name| month(name)).max() else { return };
        self.months.retain(|name, handed| {
            let over = month(name).is_none_or(|month| month < newest);
            if over {
                handed.marks.drain(..handed.marks.len().saturating_sub(1));
            }
            !over || there.contains(name)
        });
    }

    fn of(&self, path: &Path) -> Option<&Handed> {
        self.months.get(&name(path))
    }
}

impl Mark {
    /// Tells whether a file still has this line in its place.
    fn is_in(&self, path: &Path) -> io::Result<bool> {
        let from = self.upto.saturating_sub(self.length);
        let (content, _) = read_settled(path, from, self.length)?;
        let whole = content.bytes.len() as u64 == self.length;
        Ok(whole && line::id(&content.bytes) == self.id)
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
