//! The thread that writes what was appended, and keeps trying if that fails.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, mpsc::Sender},
};

use super::{
    flusher::FlushRequest,
    journal_file::{JournalFile, Unflushed},
    line,
    outbox::{Batch, Mark, Outbox},
};

/// How many processes with one name may write at once, each to its own file.
const MOST_PROCESSES: u32 = 16;

/// The writing thread's state.
pub(super) struct Writer {
    folder: PathBuf,
    process: String,
    outbox: Arc<Outbox>,
    flusher: Sender<FlushRequest>,
    /// The file of the month last written to.
    file: Option<(String, JournalFile)>,
    /// What may not have reached the disk from files that were given up.
    unflushed: Vec<(String, Unflushed)>,
}

impl Writer {
    pub(super) fn new(
        folder: PathBuf,
        process: String,
        outbox: Arc<Outbox>,
        flusher: Sender<FlushRequest>,
    ) -> Self {
        Self { folder, process, outbox, flusher, file: None, unflushed: Vec::new() }
    }

    /// Writes until the outbox is closed.
    pub(super) fn run(mut self) {
        while let Some(batch) = self.outbox.next_batch() {
            if batch.rewrite {
                self.give_up();
            }
            self.write(batch);
        }
        if let Some((_, file)) = self.file.take()
            && let Err((error, _)) = file.close()
        {
            self.outbox.report(describe(&self.folder, &error));
        }
        let left = self.outbox.state().pending;
        if left > 0 {
            self.outbox.report(format!(
                "{left} activities could not be written to the journal in {} and are lost \
                 because this process ends",
                self.folder.display()
            ));
        }
    }

    fn write(&mut self, batch: Batch) {
        let (mut count, mut bytes) = (0, 0);
        let outcome = self.write_unflushed().and_then(|()| {
            while let Some((_, first)) = batch.lines.get(count) {
                let name = line::file_name(&self.process, first.time);
                let rest = batch.lines.iter().skip(count).map(|(_, activity)| activity);
                let same = rest.take_while(|it| line::file_name(&self.process, it.time) == name);
                let lines: Vec<_> = same.map(line::write).collect();
                let file = self.file(&name)?;
                let (torn, (written, outcome)) = (file.torn(), file.write(&lines));
                if let Some(path) = torn {
                    self.outbox.report(format!(
                        "the last line of {} is incomplete, probably because of a power cut; it is \
                         left as it is",
                        path.display()
                    ));
                }
                count += written;
                bytes += lines.iter().take(written).map(Vec::len).sum::<usize>();
                outcome?;
            }
            Ok(())
        });
        match outcome {
            Ok(()) => {
                let mark = self.outbox.record_written(&batch, bytes);
                match &self.file {
                    Some((_, file)) => self.request_flush(file, mark),
                    None => self.outbox.record_flushed(&mark), // nothing is left to be flushed
                }
            }
            Err(error) => {
                // If the disk is full, the file is as good as before. Any other error may be over
                // with another file, such as that of a reinserted disk.
                if !is_full(&error) {
                    self.give_up();
                }
                let words = describe(&self.folder, &error);
                let mark = self.outbox.record_failure(batch, count, bytes, words);
                if let Some((_, file)) = &self.file {
                    self.request_flush(file, mark);
                }
            }
        }
    }

    fn request_flush(&self, file: &JournalFile, mark: Mark) {
        let (shared, up_to) = file.shared();
        // The flusher lives as long as this sender.
        let _ = self.flusher.send(FlushRequest { shared, up_to, mark });
    }

    /// Returns the file of a month, open.
    fn file(&mut self, name: &str) -> io::Result<&mut JournalFile> {
        if let Some((old, file)) = self.file.take_if(|(open, _)| open != name)
            && let Err((error, unflushed)) = file.close()
        {
            self.unflushed.push((old, unflushed));
            return Err(error);
        }
        if self.file.is_none() {
            self.file = Some((name.to_owned(), self.open(name)?));
        }
        // It was inserted just now.
        self.file.as_mut().map(|(_, file)| file).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write_unflushed(&mut self) -> io::Result<()> {
        while let Some((name, unflushed)) = self.unflushed.pop() {
            let restored = self.file(&name).and_then(|file| file.restore(&unflushed));
            if restored.is_err() {
                self.unflushed.push((name, unflushed));
                return restored;
            }
        }
        Ok(())
    }

    fn give_up(&mut self) {
        if let Some((name, file)) = self.file.take() {
            // Even if nothing is kept, because the blank tail may not be on the disk either.
            self.unflushed.push((name, file.give_up()));
        }
    }

    /// Opens the file of a month, or another one if a process with the same name is writing to it.
    fn open(&self, name: &str) -> io::Result<JournalFile> {
        let rest = name.strip_prefix(&self.process).unwrap_or(name);
        for number in 1..=MOST_PROCESSES {
            let numbered = format!("{}-{number}{rest}", self.process);
            let path = self.folder.join(if number == 1 { name } else { &numbered });
            if let Some(file) = JournalFile::open(&path)? {
                return Ok(file);
            }
        }
        Err(io::Error::other("too many processes are writing to this journal"))
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// Describes why the journal cannot be written, and what to do about it.
pub(super) fn describe(folder: &std::path::Path, error: &io::Error) -> String {
    let hint = match error.kind() {
        _ if is_full(error) => "; make room on that disk",
        io::ErrorKind::ReadOnlyFilesystem => "; mount the disk read-write again",
        _ => "",
    };
    format!(
        "the journal in {} cannot be written: {error}; activities are kept in memory until it \
         can{hint}",
        folder.display()
    )
}
