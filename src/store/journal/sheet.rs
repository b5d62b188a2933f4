//! One file of a journal: lines, then a blank tail that the next lines overwrite.
//!
//! Within the tail, a line changes neither the length of the file nor the place of its blocks, so
//! a flush writes just the line's own page and no commit of the file system's journal.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{line, paper::Paper};

/// The tail grows in steps of this many bytes.
const STEP: u64 = 64 * 1024;

/// The maximum number of bytes kept to be written again, until they are certainly on the disk.
const MOST_KEPT: usize = 16 * 1024 * 1024;

/// An open, locked file of a journal.
pub(super) struct Sheet {
    paper: Arc<Paper>,
    path: PathBuf,
    /// The position of the next line.
    end: u64,
    /// The length of the file; blank from `end` on, except for the remains of a failed write.
    size: u64,
    soiled: u64,
    kept: Unflushed,
    /// Whether the file already contained a line that is not an activity.
    torn: bool,
}

/// What was written from some position of a file on, and may not be on the disk.
#[derive(Default)]
pub(super) struct Unflushed {
    path: PathBuf,
    start: u64,
    pub(super) bytes: Vec<u8>,
}

impl Sheet {
    /// Opens a file, unless a process writes to it or it has been compressed.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let Some(file) = claim(path, || options.open(path))? else { return Ok(None) };
        let size = file.metadata()?.len();
        let (content, torn) = content(&file, size)?;
        let paper = Paper::new(file, path);
        let (paper, path) = (Arc::new(paper), path.to_owned());
        let mut sheet =
            Self { paper, path, end: content, size, soiled: 0, kept: Unflushed::default(), torn };
        if content > 0 && content < size {
            sheet.end += 1; // past the end of that line
        } else if content > 0 {
            sheet.write(&[b"\n".to_vec()]).1?;
        }
        sheet.forget();
        Ok(Some(sheet))
    }

    /// Writes the lines that fit, and returns their number.
    pub(super) fn write(&mut self, lines: &[Vec<u8>]) -> (usize, io::Result<()>) {
        let wanted: u64 = lines.iter().map(|line| line.len() as u64).sum();
        let made = self.make_room(wanted);
        let (mut count, mut bytes) = (0, Vec::new());
        for line in lines {
            if self.end + (bytes.len() + line.len()) as u64 > self.size {
                break;
            }
            bytes.extend_from_slice(line);
            count += 1;
        }
        if let Err(error) = self.put(bytes) {
            return (0, Err(error));
        }
        (count, if count < lines.len() { made } else { Ok(()) })
    }

    /// Writes again what may not have reached the disk when this file was given up: in its old
    /// place if nothing else is there, else at the end.
    ///
    /// Overwriting a page that failed is not enough: ext4 (seen with Linux 6.18) has marked its
    /// place on the disk as never written, and as long as the page stays in memory, a later
    /// successful write does not change that. So the pages are released first, together with their
    /// places.
    pub(super) fn restore(&mut self, kept: &Unflushed) -> io::Result<()> {
        let (file, length) = (&self.paper.file, kept.bytes.len());
        if kept.path == self.path && kept.start <= self.end {
            let mut there = Vec::new();
            { file }.seek(SeekFrom::Start(kept.start))?;
            file.take(self.end - kept.start).read_to_end(&mut there)?;
            let lost = |byte: &u8| matches!(byte, 0 | b'\n');
            let same = there.iter().zip(&kept.bytes).all(|(it, kept)| it == kept || lost(it));
            if same && there.iter().skip(length).all(lost) {
                file.set_len(kept.start)?;
                (self.end, self.size, self.torn) = (kept.start, kept.start, false);
                self.forget();
            } else if there.starts_with(&kept.bytes) {
                // Another process has written after it; what that has on the disk must stay there.
                #[cfg(target_os = "linux")]
                rustix::fs::fadvise(file, kept.start, None, rustix::fs::Advice::DontNeed)?;
                { file }.seek(SeekFrom::Start(kept.start))?;
                return { file }.write_all(&kept.bytes);
            }
        }
        self.write(std::slice::from_ref(&kept.bytes)).1
    }

    /// Returns the path if the file already contained a line that is not an activity; once only.
    pub(super) fn torn(&mut self) -> Option<PathBuf> {
        std::mem::take(&mut self.torn).then(|| self.path.clone())
    }

    /// Returns the file for the flushing thread, and the position up to which it is written.
    pub(super) fn paper(&self) -> (Arc<Paper>, u64) {
        (Arc::clone(&self.paper), self.end)
    }

    /// Gives up the file, and returns what may not have reached the disk.
    pub(super) fn give_up(mut self) -> Unflushed {
        self.forget_flushed();
        let _ = self.paper.file.unlock(); // the flushing thread may still have it open
        self.kept
    }

    /// Flushes the rest and cuts off the unused tail.
    pub(super) fn close(self) -> Result<(), (io::Error, Unflushed)> {
        let flushed = self.paper.flush(self.end);
        match flushed {
            Ok(()) => {
                // A tail that remains only makes the file longer than necessary.
                let _ = self.paper.file.set_len(self.end).and_then(|()| self.paper.file.sync_all());
                let _ = self.paper.file.unlock();
                Ok(())
            }
            Err(error) => {
                let error = error.unwrap_or_else(|| io::Error::other("an earlier flush failed"));
                Err((error, self.give_up()))
            }
        }
    }

    /// Extends the tail to the wanted length, or as far as the disk allows.
    fn make_room(&mut self, wanted: u64) -> io::Result<()> {
        let needed = self.end + wanted;
        if needed <= self.size {
            return Ok(());
        }
        let target = needed.next_multiple_of(STEP);
        let blank = vec![b'\n'; 4096];
        (&self.paper.file).seek(SeekFrom::Start(self.size))?;
        while self.size < target {
            let step = (4096 - self.size % 4096).min(target - self.size);
            let step = usize::try_from(step).unwrap_or(blank.len());
            match (&self.paper.file).write(&blank[..step]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => self.size += written as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes into the tail, and blanks the remains of a write that failed half way.
    fn put(&mut self, mut bytes: Vec<u8>) -> io::Result<()> {
        let (start, used) = (self.end, bytes.len());
        let soiled = usize::try_from(self.soiled.saturating_sub(start)).unwrap_or(0);
        if used == 0 && soiled == 0 {
            return Ok(());
        }
        bytes.resize(used.max(soiled), b'\n');
        self.soiled = self.soiled.max(start + bytes.len() as u64);
        (&self.paper.file).seek(SeekFrom::Start(start))?;
        (&self.paper.file).write_all(&bytes)?;
        self.soiled = 0;
        self.end = start + used as u64;
        self.forget_flushed();
        self.kept.bytes.extend_from_slice(&bytes[..used]);
        Ok(())
    }

    fn forget(&mut self) {
        self.kept = Unflushed { path: self.path.clone(), start: self.end, bytes: Vec::new() };
    }

    fn forget_flushed(&mut self) {
        let flushed = self.paper.flushed().saturating_sub(self.kept.start);
        let flushed = usize::try_from(flushed).unwrap_or(usize::MAX);
        let too_many = self.kept.bytes.len().saturating_sub(MOST_KEPT);
        let gone = flushed.max(too_many).min(self.kept.bytes.len());
        self.kept.bytes.drain(..gone);
        self.kept.start += gone as u64;
    }
}

/// Opens and locks a file, unless a process writes to it or it has been compressed.
fn claim(path: &Path, open: impl Fn() -> io::Result<File>) -> io::Result<Option<File>> {
    let packed = line::packed(path);
    let mut tries = 0;
    while !packed.exists() {
        let file = open()?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Whoever compresses or removes a file holds its lock until done, which may have been just
        // before it was locked here. Not every file system can tell files apart.
        tries += 1;
        if (tries == 3 || has_name(&file, path)?) && !packed.exists() {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Tells whether an open file is still the one at a path.
fn has_name(file: &File, path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let identity = |it: &std::fs::Metadata| (it.dev(), it.ino());
        let own = identity(&file.metadata()?);
        Ok(std::fs::metadata(path).is_ok_and(|it| identity(&it) == own))
    }
    #[cfg(not(unix))]
    file.metadata().map(|_| path.exists())
}

/// Finds the end of the content, without its last line break, and whether the last line is not an
/// activity.
fn content(mut file: &File, size: u64) -> io::Result<(u64, bool)> {
    let mut end = size;
    let mut block = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        block.clear();
        file.seek(SeekFrom::Start(start))?;
        file.take(end - start).read_to_end(&mut block)?;
        let Some(last) = block.iter().rposition(|byte| *byte != b'\n') else {
            end = start;
            continue;
        };
        let content = start + last as u64 + 1;
        // The line may begin in the block before; no activity is as long as a block.
        let from = content.saturating_sub(STEP);
        block.clear();
        file.seek(SeekFrom::Start(from))?;
        file.take(content - from).read_to_end(&mut block)?;
        let begin = block.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        return Ok((content, line::parse(&block[begin..]).is_err()));
    }
    Ok((0, false))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn lines(texts: &[&str]) -> Vec<Vec<u8>> {
        texts.iter().map(|text| format!("{text}\n").into_bytes()).collect()
    }

    fn content(path: &Path) -> String {
        String::from_utf8(fs::read(path).unwrap()).unwrap().trim_end_matches('\n').to_owned()
    }

    fn open(path: &Path) -> Sheet {
        Sheet::open(path).unwrap().unwrap()
    }

    #[test]
    fn data_lost_by_a_failed_flush_is_written_again_in_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut sheet = open(&path);
        assert!(sheet.write(&lines(&["one"])).1.is_ok());
        sheet.paper().0.flush(sheet.paper().1).unwrap();
        assert!(sheet.write(&lines(&["two", "three"])).1.is_ok());
        let kept = sheet.give_up();
        assert_eq!(kept.bytes, b"two\nthree\n", "the rest is on the disk");
        // The page is intact, lost, or lost in part; or the disk was replaced by a new one.
        let nul = format!("one\ntwo\n{}\n\n\n", "\0".repeat(9_000));
        for left in ["one\ntwo\nthree\n", "one\n\n\n\n\n", "one\ntwo\n\n\n\n", &nul, "", "one\nx\n"]
        {
            fs::write(&path, left).unwrap();
            let mut sheet = open(&path);
            sheet.restore(&kept).unwrap();
            assert!(sheet.write(&lines(&["four"])).1.is_ok());
            let known = if left.contains('x') { left } else { &left[..left.len().min(4)] };
            assert_eq!(content(&path), format!("{known}two\nthree\nfour"), "after {left:?}");
            drop(sheet);
        }
    }

    #[test]
    fn what_others_appended_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut sheet = open(&path);
        assert!(sheet.write(&lines(&["one"])).1.is_ok());
        let kept = sheet.give_up();
        fs::write(&path, "one\ntwo\n").unwrap();
        open(&path).restore(&kept).unwrap();
        assert_eq!(content(&path), "one\ntwo");
    }

    #[test]
    fn the_remains_of_a_failed_write_are_blanked_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut sheet = open(&path);
        assert!(sheet.write(&lines(&["one"])).1.is_ok());
        // as if half of a longer line had been written before the disk failed
        (&sheet.paper.file).seek(SeekFrom::Start(4)).unwrap();
        (&sheet.paper.file).write_all(b"a longer li").unwrap();
        sheet.soiled = 40;
        assert!(sheet.write(&lines(&["two"])).1.is_ok());
        assert_eq!(content(&path), "one\ntwo");
    }

    #[test]
    fn a_file_removed_before_it_was_locked_is_created_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let removed = std::cell::Cell::new(false);
        let file = claim(&path, || {
            let file = File::options().create(true).append(true).open(&path)?;
            if !removed.replace(true) {
                fs::remove_file(&path)?;
            }
            Ok(file)
        });
        file.unwrap().unwrap().write_all(b"one\n").unwrap();
        assert_eq!(content(&path), "one");
    }

    #[test]
    fn a_file_that_somebody_writes_to_is_not_opened() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let sheet = open(&path);
        assert!(Sheet::open(&path).unwrap().is_none());
        assert!(sheet.close().is_ok());
        fs::write(line::packed(&path), "").unwrap();
        assert!(Sheet::open(&path).unwrap().is_none(), "nor one that was compressed");
    }
}
