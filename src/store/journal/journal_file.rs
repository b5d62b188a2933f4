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

use super::{line, shared_file::SharedFile};

/// The tail grows in steps of this many bytes.
const STEP: u64 = 64 * 1024;

/// The maximum number of bytes kept to be written again, until they are certainly on the disk.
const MAX_UNFLUSHED: usize = 16 * 1024 * 1024;

/// An open, locked file of a journal.
pub(super) struct JournalFile {
    shared: Arc<SharedFile>,
    path: PathBuf,
    /// The position of the next line.
    end: u64,
    /// The length of the file; blank from `end` on, except for the remains of a failed write.
    size: u64,
    dirty_end: u64,
    unflushed: Unflushed,
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

impl JournalFile {
    /// Opens a file, unless a process writes to it or it has been compressed.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        // Its folder is for its owner, unless an admin lets a group read it.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let Some(file) = open_locked(path, || options.open(path))? else { return Ok(None) };
        let size = file.metadata()?.len();
        let (content, torn) = find_content_end(&file, size)?;
        let shared = SharedFile::new(file, path);
        let (shared, path) = (Arc::new(shared), path.to_owned());
        let mut file = Self {
            shared,
            path,
            end: content,
            size,
            dirty_end: 0,
            unflushed: Unflushed::default(),
            torn,
        };
        if content > 0 && content < size {
            file.end += 1; // past the end of that line
        } else if content > 0 {
            file.write(&[b"\n".to_vec()]).1?;
        }
        file.reset_unflushed();
        Ok(Some(file))
    }

    /// Writes the lines that fit, and returns their number.
    pub(super) fn write(&mut self, lines: &[Vec<u8>]) -> (usize, io::Result<()>) {
        let wanted: u64 = lines.iter().map(|line| line.len() as u64).sum();
        let extended = self.make_room(wanted);
        let (mut count, mut bytes) = (0, Vec::new());
        for line in lines {
            if self.end + (bytes.len() + line.len()) as u64 > self.size {
                break;
            }
            bytes.extend_from_slice(line);
            count += 1;
        }
        if let Err(error) = self.write_into_tail(bytes) {
            return (0, Err(error));
        }
        (count, if count < lines.len() { extended } else { Ok(()) })
    }

    /// Writes again what may not have reached the disk when this file was given up: in its old
    /// place if nothing else is there, else at the end.
    ///
    /// Overwriting a page that failed is not enough: ext4 (seen with Linux 6.18) has marked its
    /// place on the disk as never written, and as long as the page stays in memory, a later
    /// successful write does not change that. So the pages are released first, together with their
    /// places.
    pub(super) fn restore(&mut self, unflushed: &Unflushed) -> io::Result<()> {
        let (file, length) = (&self.shared.file, unflushed.bytes.len());
        if unflushed.path == self.path && unflushed.start <= self.end {
            let mut there = Vec::new();
            { file }.seek(SeekFrom::Start(unflushed.start))?;
            file.take(self.end - unflushed.start).read_to_end(&mut there)?;
            let lost = |byte: &u8| matches!(byte, 0 | b'\n');
            let same = there.iter().zip(&unflushed.bytes).all(|(it, kept)| it == kept || lost(it));
            if same && there.iter().skip(length).all(lost) {
                file.set_len(unflushed.start)?;
                (self.end, self.size, self.torn) = (unflushed.start, unflushed.start, false);
                self.reset_unflushed();
            } else if there.starts_with(&unflushed.bytes) {
                // Another process has written after it; what that has on the disk must stay there.
                #[cfg(target_os = "linux")]
                rustix::fs::fadvise(file, unflushed.start, None, rustix::fs::Advice::DontNeed)?;
                { file }.seek(SeekFrom::Start(unflushed.start))?;
                return { file }.write_all(&unflushed.bytes);
            }
        }
        self.write(std::slice::from_ref(&unflushed.bytes)).1
    }

    /// Returns the path if the file already contained a line that is not an activity; once only.
    pub(super) fn torn(&mut self) -> Option<PathBuf> {
        std::mem::take(&mut self.torn).then(|| self.path.clone())
    }

    /// Returns the file for the flushing thread, and the position up to which it is written.
    pub(super) fn shared(&self) -> (Arc<SharedFile>, u64) {
        (Arc::clone(&self.shared), self.end)
    }

    /// Gives up the file, and returns what may not have reached the disk.
    pub(super) fn give_up(mut self) -> Unflushed {
        self.drop_flushed();
        let _ = self.shared.file.unlock(); // the flushing thread may still have it open
        self.unflushed
    }

    /// Flushes the rest and cuts off the unused tail.
    pub(super) fn close(self) -> Result<(), (io::Error, Unflushed)> {
        let flushed = self.shared.flush(self.end);
        match flushed {
            Ok(()) => {
                // A tail that remains only makes the file longer than necessary.
                let _ =
                    self.shared.file.set_len(self.end).and_then(|()| self.shared.file.sync_all());
                let _ = self.shared.file.unlock();
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
        (&self.shared.file).seek(SeekFrom::Start(self.size))?;
        while self.size < target {
            let step = (4096 - self.size % 4096).min(target - self.size);
            let step = usize::try_from(step).unwrap_or(blank.len());
            match (&self.shared.file).write(&blank[..step]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => self.size += written as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes into the tail, and blanks the remains of a write that failed half way.
    fn write_into_tail(&mut self, mut bytes: Vec<u8>) -> io::Result<()> {
        let (start, used) = (self.end, bytes.len());
        let dirty_end = usize::try_from(self.dirty_end.saturating_sub(start)).unwrap_or(0);
        if used == 0 && dirty_end == 0 {
            return Ok(());
        }
        bytes.resize(used.max(dirty_end), b'\n');
        self.dirty_end = self.dirty_end.max(start + bytes.len() as u64);
        (&self.shared.file).seek(SeekFrom::Start(start))?;
        (&self.shared.file).write_all(&bytes)?;
        self.dirty_end = 0;
        self.end = start + used as u64;
        self.drop_flushed();
        self.unflushed.bytes.extend_from_slice(&bytes[..used]);
        Ok(())
    }

    fn reset_unflushed(&mut self) {
        self.unflushed = Unflushed { path: self.path.clone(), start: self.end, bytes: Vec::new() };
    }

    fn drop_flushed(&mut self) {
        let flushed = self.shared.flushed().saturating_sub(self.unflushed.start);
        let flushed = usize::try_from(flushed).unwrap_or(usize::MAX);
        let too_many = self.unflushed.bytes.len().saturating_sub(MAX_UNFLUSHED);
        let gone = flushed.max(too_many).min(self.unflushed.bytes.len());
        self.unflushed.bytes.drain(..gone);
        self.unflushed.start += gone as u64;
    }
}

/// Opens and locks a file, unless a process writes to it or it has been compressed.
fn open_locked(path: &Path, open: impl Fn() -> io::Result<File>) -> io::Result<Option<File>> {
    let compressed = line::compressed_path(path);
    let mut tries = 0;
    while !compressed.exists() {
        let file = open()?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Whoever compresses or removes a file holds its lock until done, which may have been just
        // before it was locked here. Not every file system can tell files apart.
        tries += 1;
        if (tries == 3 || is_at(&file, path)?) && !compressed.exists() {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Tells whether an open file is still the one at a path.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
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
fn find_content_end(mut file: &File, size: u64) -> io::Result<(u64, bool)> {
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

    fn open(path: &Path) -> JournalFile {
        JournalFile::open(path).unwrap().unwrap()
    }

    #[test]
    fn data_lost_by_a_failed_flush_is_written_again_in_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut file = open(&path);
        assert!(file.write(&lines(&["one"])).1.is_ok());
        file.shared().0.flush(file.shared().1).unwrap();
        assert!(file.write(&lines(&["two", "three"])).1.is_ok());
        let unflushed = file.give_up();
        assert_eq!(unflushed.bytes, b"two\nthree\n", "the rest is on the disk");
        // The page is intact, lost, or lost in part; or the disk was replaced by a new one.
        let nul = format!("one\ntwo\n{}\n\n\n", "\0".repeat(9_000));
        for left in ["one\ntwo\nthree\n", "one\n\n\n\n\n", "one\ntwo\n\n\n\n", &nul, "", "one\nx\n"]
        {
            fs::write(&path, left).unwrap();
            let mut file = open(&path);
            file.restore(&unflushed).unwrap();
            assert!(file.write(&lines(&["four"])).1.is_ok());
            let known = if left.contains('x') { left } else { &left[..left.len().min(4)] };
            assert_eq!(content(&path), format!("{known}two\nthree\nfour"), "after {left:?}");
            drop(file);
        }
    }

    #[test]
    fn what_others_appended_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut file = open(&path);
        assert!(file.write(&lines(&["one"])).1.is_ok());
        let unflushed = file.give_up();
        fs::write(&path, "one\ntwo\n").unwrap();
        open(&path).restore(&unflushed).unwrap();
        assert_eq!(content(&path), "one\ntwo");
    }

    #[test]
    fn the_remains_of_a_failed_write_are_blanked_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let mut file = open(&path);
        assert!(file.write(&lines(&["one"])).1.is_ok());
        // as if half of a longer line had been written before the disk failed
        (&file.shared.file).seek(SeekFrom::Start(4)).unwrap();
        (&file.shared.file).write_all(b"a longer li").unwrap();
        file.dirty_end = 40;
        assert!(file.write(&lines(&["two"])).1.is_ok());
        assert_eq!(content(&path), "one\ntwo");
    }

    #[test]
    fn a_file_removed_before_it_was_locked_is_created_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("door-2026-01.jsonl");
        let removed = std::cell::Cell::new(false);
        let file = open_locked(&path, || {
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
        let file = open(&path);
        assert!(JournalFile::open(&path).unwrap().is_none());
        assert!(file.close().is_ok());
        fs::write(line::compressed_path(&path), "").unwrap();
        assert!(JournalFile::open(&path).unwrap().is_none(), "nor one that was compressed");
    }
}
