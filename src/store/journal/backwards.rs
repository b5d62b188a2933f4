//! Reads a journal file from its end, a block at a time.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    line, month_file,
    read_settled::{ALL, read_settled},
    tail::{damaged, torn},
};
use crate::domain::model::{Activity, Finding};

/// The number of bytes read at once: a few hundred lines.
const BLOCK: u64 = 64 * 1024;

/// A file, read down to some position.
#[derive(Debug)]
pub(super) struct Backwards {
    path: PathBuf,
    /// What comes before this position was not read yet; `None` before the first block.
    unread: Option<u64>,
    /// Activities that were read, the oldest first, each with its position.
    lines: VecDeque<(u64, Activity)>,
    /// The position of the oldest line that was taken.
    taken: u64,
    compressed: bool,
}

/// What could not be read: a line that is not an activity, or the rest of a damaged file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    path: PathBuf,
    compressed: bool,
    /// The position of the line; `None` for the rest of the file.
    line: Option<u64>,
    why: String,
}

impl Backwards {
    /// Starts at a position, or at the end.
    pub(super) fn new(path: PathBuf, compressed: bool, from: Option<u64>) -> Self {
        let taken = from.unwrap_or(ALL);
        Self { path, unread: from, lines: VecDeque::new(), taken, compressed }
    }

    /// Returns the path of the uncompressed form.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the position before which nothing was taken; [`ALL`] before the first block.
    pub(super) const fn taken(&self) -> u64 {
        self.taken
    }

    /// Returns the newest activity that was read and not taken.
    pub(super) fn newest(&self) -> Option<&Activity> {
        self.lines.back().map(|(_, activity)| activity)
    }

    /// Tells whether a block has to be read before the newest activity is known.
    pub(super) fn is_hungry(&self) -> bool {
        self.lines.is_empty() && self.unread != Some(0)
    }

    /// Takes the newest activity.
    pub(super) fn take(&mut self) -> Option<Activity> {
        let (at, activity) = self.lines.pop_back()?;
        self.taken = at;
        Some(activity)
    }

    /// Reads the block before what was read, and returns the number of bytes read. There may be no
    /// activity in it.
    pub(super) fn fill(&mut self, skipped: &mut Vec<Skipped>) -> io::Result<u64> {
        let end = match (self.unread, self.compressed) {
            (Some(end), _) if end < ALL => end,
            (_, true) => ALL,
            (_, false) => match fs::metadata(&self.path) {
                Ok(metadata) => metadata.len(),
                // It has been compressed since the folder was listed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => ALL,
                Err(error) => return Err(error),
            },
        };
        // There is no way backwards through a compressed file.
        let mut block = if self.compressed || end == ALL { ALL } else { BLOCK };
        let start = loop {
            let from = end.saturating_sub(block);
            if from == 0 {
                break 0;
            }
            // The block begins within a line, whose beginning is in the block before.
            let bytes = month_file::read(&self.path, from, end - from)?.bytes;
            let inside = bytes.len().saturating_sub(1);
            match bytes.iter().take(inside).position(|byte| *byte == b'\n') {
                Some(at) => break from + at as u64 + 1,
                None => block = block.saturating_mul(2),
            }
        };
        let (content, mut scan) = read_settled(&self.path, start, end - start)?;
        if scan.unfinished.as_ref().is_some_and(|it| it.read.is_err()) {
            // A line still growing at the first look is complete at the second.
            scan = read_settled(&self.path, start, end - start)?.1;
        }
        let mut skip = |line, why| {
            let (path, compressed) = (self.path.clone(), content.compressed);
            skipped.push(Skipped { path, compressed, line, why });
        };
        content.damage.into_iter().for_each(|why| skip(None, why));
        for it in scan.lines.into_iter().chain(scan.unfinished) {
            let at = start + it.span.start as u64;
            match it.read {
                Ok(activity) => self.lines.push_back((at, activity)),
                Err(why) => skip(Some(at), why),
            }
        }
        self.unread = Some(start);
        if self.lines.is_empty() {
            self.taken = start;
        } else if self.taken == ALL {
            self.taken = start + content.bytes.len() as u64;
        }
        Ok(content.bytes.len() as u64)
    }
}

impl Skipped {
    /// Returns a warning, with the number of the line, for which the file is read from its
    /// beginning.
    #[must_use]
    pub fn finding(&self) -> Finding {
        let shown = match self.compressed {
            true => line::compressed_path(&self.path),
            false => self.path.clone(),
        };
        let Some(at) = self.line else { return damaged(&shown, &self.why) };
        let before = month_file::read(&self.path, 0, at).map(|it| it.bytes).unwrap_or_default();
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        torn(&shown, u32::try_from(breaks + 1).unwrap_or(u32::MAX), &self.why)
    }
}
