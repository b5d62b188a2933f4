//! The thread that writes what was appended, and keeps trying if that fails.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, mpsc::Sender},
};

use super::{
    flusher::Order,
    line,
    outbox::{Batch, Mark, Outbox},
    sheet::{Sheet, Unflushed},
};

/// How many processes with one name may write at once, each to its own file.
const MOST_PROCESSES: u32 = 16;

/// The writing thread's state.
pub(super) struct Writer {
    folder: PathBuf,
    process: String,
    outbox: Arc<Outbox>,
    flusher: Sender<Order>,
    /// The file of the month last written to.
    sheet: Option<(String, Sheet)>,
    /// What files that were given up may not have brought to the disk.
    kept: Vec<(String, Unflushed)>,
}

impl Writer {
    pub(super) fn new(
        folder: PathBuf,
        process: String,
        outbox: Arc<Outbox>,
        flusher: Sender<Order>,
    ) -> Self {
        Self { folder, process, outbox, flusher, sheet: None, kept: Vec::new() }
    }

    /// Writes until the outbox is closed.
    pub(super) fn run(mut self) {
        while let Some(batch) = self.outbox.take() {
            if batch.distrusted {
                self.give_up();
            }
            self.write(batch);
        }
        if let Some((_, sheet)) = self.sheet.take()
            && let Err((error, _)) = sheet.close()
        {
            self.outbox.say(trouble(&self.folder, &error));
        }
        let left = self.outbox.state().pending;
        if left > 0 {
            self.outbox.say(format!(
                "{left} activities could not be written to the journal in {} and are lost \
                 because this process ends",
                self.folder.display()
            ));
        }
    }

    fn write(&mut self, batch: Batch) {
        let (mut count, mut bytes) = (0, 0);
        let outcome = self.write_kept().and_then(|()| {
            while let Some((_, first)) = batch.lines.get(count) {
                let name = line::file_name(&self.process, first.time);
                let rest = batch.lines.iter().skip(count).map(|(_, activity)| activity);
                let same = rest.take_while(|it| line::file_name(&self.process, it.time) == name);
                let lines: Vec<_> = same.map(line::write).collect();
                let sheet = self.sheet(&name)?;
                let (torn, (written, outcome)) = (sheet.torn(), sheet.write(&lines));
                if let Some(path) = torn {
                    self.outbox.say(format!(
                        "the last line of {} is incomplete, probably because of a power cut; it is left as \
                         it is",
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
                let mark = self.outbox.wrote(&batch, bytes);
                match &self.sheet {
                    Some((_, sheet)) => self.order(sheet, mark),
                    None => self.outbox.flushed(&mark), // nothing is left to be flushed
                }
            }
            Err(error) => {
                // If the disk is full, the file is as good as before. Any other error may be over
                // with another file, such as that of a reinserted disk.
                if !is_full(&error) {
                    self.give_up();
                }
                let words = trouble(&self.folder, &error);
                let mark = self.outbox.failed(batch, count, bytes, words);
                if let Some((_, sheet)) = &self.sheet {
                    self.order(sheet, mark);
                }
            }
        }
    }

    fn order(&self, sheet: &Sheet, mark: Mark) {
        let (paper, upto) = sheet.paper();
        // The flusher lives as long as this sender.
        let _ = self.flusher.send(Order { paper, upto, mark });
    }

    /// Returns the file of a month, open.
    fn sheet(&mut self, name: &str) -> io::Result<&mut Sheet> {
        if let Some((old, sheet)) = self.sheet.take_if(|(open, _)| open != name)
            && let Err((error, kept)) = sheet.close()
        {
            self.kept.push((old, kept));
            return Err(error);
        }
        if self.sheet.is_none() {
            self.sheet = Some((name.to_owned(), self.open(name)?));
        }
        // It was inserted just now.
        self.sheet.as_mut().map(|(_, sheet)| sheet).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write_kept(&mut self) -> io::Result<()> {
        while let Some((name, kept)) = self.kept.pop() {
            let restored = self.sheet(&name).and_then(|sheet| sheet.restore(&kept));
            if restored.is_err() {
                self.kept.push((name, kept));
                return restored;
            }
        }
        Ok(())
    }

    fn give_up(&mut self) {
        if let Some((name, sheet)) = self.sheet.take() {
            // Even if nothing is kept, because the blank tail may not be on the disk either.
            self.kept.push((name, sheet.give_up()));
        }
    }

    /// Opens the file of a month, or another one if a process with the same name is writing to it.
    fn open(&self, name: &str) -> io::Result<Sheet> {
        let rest = name.strip_prefix(&self.process).unwrap_or(name);
        for number in 1..=MOST_PROCESSES {
            let numbered = format!("{}-{number}{rest}", self.process);
            let path = self.folder.join(if number == 1 { name } else { &numbered });
            if let Some(sheet) = Sheet::open(&path)? {
                return Ok(sheet);
            }
        }
        Err(io::Error::other("too many processes are writing to this journal"))
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

/// Describes why the journal cannot be written, and what to do about it.
pub(super) fn trouble(folder: &std::path::Path, error: &io::Error) -> String {
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
