//! Activities that were not handed over yet, the oldest first.
//!
//! A month of a process is one file, so only the files of the oldest month that has something left
//! are merged, and each is read a piece at a time: a backlog of a year takes no more memory than
//! one of a minute.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    cursor::{Cursor, Mark},
    filter::Filter,
    line, month_file,
    read_settled::read_settled,
    tail::{damaged, torn},
};
use crate::{
    domain::model::{Activity, Finding},
    store::{StoreError, disk::io_at},
};

/// The number of bytes read at once.
const PIECE: u64 = 1024 * 1024;

/// The number of activities counted at once.
const COUNTED: usize = 4096;

/// Activities of all journals in a folder that were not handed over yet.
#[derive(Debug)]
pub struct Backlog {
    folder: PathBuf,
    /// The file that keeps the cursor.
    path: PathBuf,
    cursor: Cursor,
    /// The files that may have something left, by month and the path of their uncompressed form.
    files: BTreeMap<(Date, PathBuf), Unread>,
    /// All files that were there at the last look.
    there: Vec<PathBuf>,
    /// What the last call returned.
    taken: Vec<(PathBuf, Mark)>,
    /// Lines that were reported already.
    reported: BTreeSet<(PathBuf, u32)>,
}

/// An activity that was not handed over yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Made from its line in the journal, so it is always the same, whenever and however often it
    /// is handed over.
    pub id: String,
    /// What happened.
    pub activity: Activity,
}

/// How many activities wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct WaitingCount {
    /// Their number.
    pub number: u64,
    /// When the oldest of them happened.
    pub oldest: Option<Timestamp>,
}

/// A file, read up to some position.
#[derive(Debug, Default)]
struct Unread {
    at: u64,
    line: u32,
    /// Whether it was compressed when last read.
    packed: bool,
    /// Whether all of a compressed file was read.
    done: bool,
    /// Whether there was nothing more at the last look.
    dry: bool,
    lines: VecDeque<(Mark, Activity)>,
}

impl Backlog {
    /// Goes on where the file of a cursor says; if there is none, begins with what happens from
    /// `since` on, and writes that down.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn open(path: &Path, folder: &Path, since: Timestamp) -> Result<Self, StoreError> {
        if let Some(backlog) = Self::look(path, folder)? {
            return Ok(backlog);
        }
        let cursor = Cursor::new(since);
        cursor.write(path)?;
        Ok(Self::new(path, folder, cursor))
    }

    /// Goes on where the file of a cursor says, without writing anything; `None` if there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn look(path: &Path, folder: &Path) -> Result<Option<Self>, StoreError> {
        Ok(Cursor::read(path)?.map(|cursor| Self::new(path, folder, cursor)))
    }

    pub(super) fn new(path: &Path, folder: &Path, cursor: Cursor) -> Self {
        Self {
            folder: folder.to_owned(),
            path: path.to_owned(),
            cursor,
            files: BTreeMap::new(),
            there: Vec::new(),
            taken: Vec::new(),
            reported: BTreeSet::new(),
        }
    }

    /// Returns the folder of the journals.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the moment from which on activities are handed over.
    #[must_use]
    pub const fn since(&self) -> Timestamp {
        self.cursor.since
    }

    /// Returns the oldest activities that were not handed over, sorted by time, and warnings for
    /// lines that could not be read. Until [`Backlog::handed_over`] is called, they stay where they
    /// are.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn next(&mut self, most: usize) -> Result<(Vec<Waiting>, Vec<Finding>), StoreError> {
        if !self.taken.is_empty() {
            (self.files, self.taken) = (BTreeMap::new(), Vec::new());
        }
        self.list()?;
        let (mut found, mut findings) = (Vec::new(), Vec::new());
        while found.len() < most
            && let Some(month) = self.fill(&mut findings)?
        {
            self.merge(month, most, &mut found);
        }
        Ok((found, findings))
    }

    /// Records that the first so many of what the last call returned were handed over.
    ///
    /// # Errors
    /// The cursor cannot be written; then they will be returned again one day.
    pub fn handed_over(&mut self, count: usize) -> Result<(), StoreError> {
        self.pass(count);
        self.cursor.tidy(&self.there);
        self.cursor.write(&self.path)
    }

    /// Counts the activities that wait, of those that are wanted.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn count(&self, wanted: impl Fn(&Activity) -> bool) -> Result<WaitingCount, StoreError> {
        let mut all = Self::new(&self.path, &self.folder, self.cursor.clone());
        let mut count = WaitingCount::default();
        loop {
            let (found, _) = all.next(COUNTED)?;
            if found.is_empty() {
                return Ok(count);
            }
            for it in found.iter().filter(|it| wanted(&it.activity)) {
                count.number += 1;
                count.oldest.get_or_insert(it.activity.time);
            }
            all.pass(found.len());
        }
    }

    /// Moves the cursor, in memory.
    pub(super) fn pass(&mut self, count: usize) {
        let all = count >= self.taken.len();
        for (path, mark) in self.taken.drain(..).take(count) {
            self.cursor.push(&path, mark);
        }
        if !all {
            self.files.clear(); // the rest is read again
        }
        for ((_, path), unread) in &self.files {
            if unread.done && unread.lines.is_empty() {
                self.cursor.done(path);
            }
        }
    }

    /// Looks which files there are, and finds the place in each from which to go on.
    fn list(&mut self) -> Result<(), StoreError> {
        let later = Filter { from: Some(self.cursor.since), ..Filter::default() };
        let months = month_file::list(&self.folder)?;
        self.files.retain(|(_, path), _| months.contains_key(path));
        self.there = months.keys().cloned().collect();
        for (path, it) in months {
            if !later.overlaps(it.month) || !it.plain && self.cursor.is_done(&path) {
                continue;
            }
            let unread = self.files.entry((it.month, path.clone())).or_default();
            unread.dry = unread.done;
            // A compressed file is no longer changed, and finding a place in it takes time.
            if unread.lines.is_empty() && (it.plain || !unread.packed) {
                let place = self.cursor.resume(&path).map_err(io_at(&path))?;
                (unread.at, unread.line) = place;
            }
        }
        Ok(())
    }

    /// Reads on in each file of the oldest month that has something left, and returns that month.
    fn fill(&mut self, findings: &mut Vec<Finding>) -> Result<Option<Date>, StoreError> {
        let mut oldest = None;
        for ((month, path), unread) in &mut self.files {
            if oldest.is_some_and(|oldest| oldest < *month) {
                break;
            }
            if unread.lines.is_empty() && !unread.dry {
                let mut report = |number: u32, finding: Finding| {
                    if self.reported.insert((path.clone(), number)) {
                        findings.push(finding);
                    }
                };
                let read = unread.read(path, self.cursor.since, &mut report);
                let passed = read.map_err(io_at(path))?;
                // What is not handed over, such as a torn line, is not read twice either; but
                // nothing that still has to be handed over may come before it.
                if let Some(mark) = passed
                    && self.taken.iter().all(|(taken, _)| taken != path)
                {
                    self.cursor.push(path, mark);
                }
            }
            if !unread.lines.is_empty() {
                oldest = Some(*month);
            }
        }
        Ok(oldest)
    }

    /// Takes activities of a month in the order of time, until there are enough or a file has to be
    /// read on.
    fn merge(&mut self, month: Date, most: usize, found: &mut Vec<Waiting>) {
        while found.len() < most {
            let of_month = self.files.iter_mut().filter(|((it, _), _)| *it == month);
            let heads = of_month.filter_map(|((_, path), unread)| {
                let time = unread.lines.front()?.1.time;
                Some((time, path, unread))
            });
            let Some((_, path, unread)) = heads.min_by_key(|(time, ..)| *time) else { return };
            let Some((mark, activity)) = unread.lines.pop_front() else { return };
            found.push(Waiting { id: mark.id.clone(), activity });
            self.taken.push((path.clone(), mark));
            if unread.lines.is_empty() && !unread.dry {
                return;
            }
        }
    }
}

impl Unread {
    /// Reads a piece of the file, and on until there is an activity in it. Returns the last line
    /// before that.
    fn read(
        &mut self,
        path: &Path,
        since: Timestamp,
        report: &mut impl FnMut(u32, Finding),
    ) -> io::Result<Option<Mark>> {
        let (mut piece, mut passed) = (PIECE, None);
        loop {
            let (content, mut scan) = read_settled(path, self.at, piece)?;
            let over = !content.cut;
            if over && content.compressed {
                scan.lines.extend(scan.unfinished.take()); // nobody will finish it
                self.done = true;
            }
            let shown =
                if content.compressed { line::compressed_path(path) } else { path.to_owned() };
            for it in scan.lines {
                let mark = Mark {
                    upto: self.at + it.span.end as u64,
                    length: it.span.len() as u64,
                    line: self.line.saturating_add(it.number),
                    id: line::id(content.bytes.get(it.span).unwrap_or_default()),
                };
                match it.read {
                    Ok(activity) if activity.time >= since => {
                        self.lines.push_back((mark, activity));
                        continue;
                    }
                    Ok(_) => {}
                    Err(why) => report(mark.line, torn(&shown, mark.line, &why)),
                }
                if self.lines.is_empty() {
                    passed = Some(mark);
                }
            }
            if let Some(why) = content.damage {
                report(0, damaged(&shown, &why));
            }
            self.packed = content.compressed;
            self.at += scan.end.0;
            self.line = self.line.saturating_add(scan.end.1);
            self.dry = over;
            if over || !self.lines.is_empty() {
                return Ok(passed);
            }
            if scan.end.0 == 0 {
                piece *= 2; // it ends within a line, or within blanks
            }
        }
    }
}
