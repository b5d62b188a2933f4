//! Appending activities without ever making a door wait.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::line;
use crate::{domain::model::Activity, store::StoreError};

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How many processes of one name may write at once, each to a file of its own.
const MOST_PROCESSES: u32 = 16;

/// The journal of one process. Dropped, it waits until everything is on the disk.
///
/// A thread of its own writes the lines that came in meanwhile with one write and one flush, and
/// keeps what it could not write until it can.
#[derive(Debug)]
pub struct Journal {
    orders: Option<Sender<Order>>,
    writer: Option<JoinHandle<()>>,
}

enum Order {
    Append(Activity),
    Flush(Sender<()>),
}

impl Journal {
    /// Opens the journal of a process (`door`) in a folder, which is made where it is missing.
    ///
    /// `complain` is told in words when writing fails, and when it works again.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(
        folder: &Path,
        process: &str,
        complain: impl Fn(String) + Send + 'static,
    ) -> Result<Self, StoreError> {
        private_folder(folder)
            .map_err(|source| StoreError::Io { path: folder.to_owned(), source })?;
        let (orders, inbox) = mpsc::channel();
        let (folder, process) = (folder.to_owned(), process.to_owned());
        let writer = Writer { folder, process, file: None, pending: Vec::new(), failing: false };
        let writer = thread::spawn(move || writer.run(&inbox, &complain));
        Ok(Self { orders: Some(orders), writer: Some(writer) })
    }

    /// Appends an activity, and returns at once.
    pub fn append(&self, activity: Activity) {
        self.order(Order::Append(activity));
    }

    /// Waits until everything appended so far is on the disk, or could not be written.
    pub fn flush(&self) {
        let (done, wait) = mpsc::channel();
        self.order(Order::Flush(done));
        let _ = wait.recv(); // an end without an answer is an answer
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order); // the writer lives as long as this sender
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.writer.take().map(JoinHandle::join);
    }
}

struct Writer {
    folder: PathBuf,
    process: String,
    /// The file of the month that was last written to, locked.
    file: Option<(String, File)>,
    pending: Vec<Activity>,
    failing: bool,
}

impl Writer {
    fn run(mut self, inbox: &Receiver<Order>, complain: &dyn Fn(String)) {
        loop {
            let wait = if self.pending.is_empty() { Duration::MAX } else { AGAIN };
            let mut waiting = Vec::new();
            let first = match inbox.recv_timeout(wait) {
                Ok(order) => Some(order),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return self.write(complain),
            };
            for order in first.into_iter().chain(inbox.try_iter()) {
                match order {
                    Order::Append(activity) => self.pending.push(activity),
                    Order::Flush(done) => waiting.push(done),
                }
            }
            self.write(complain);
            for done in waiting {
                let _ = done.send(()); // who no longer waits needs no answer
            }
        }
    }

    fn write(&mut self, complain: &dyn Fn(String)) {
        while let Some(first) = self.pending.first() {
            let name = line::file_name(&self.process, first.time);
            let same = |it: &&Activity| line::file_name(&self.process, it.time) == name;
            let count = self.pending.iter().take_while(same).count();
            let bytes: Vec<u8> = self.pending[..count].iter().flat_map(line::write).collect();
            match self.append(&name, &bytes) {
                Ok(()) => {
                    self.pending.drain(..count);
                    if std::mem::take(&mut self.failing) {
                        complain("the journal is written again, and nothing was lost".into());
                    }
                }
                Err(error) => {
                    if !std::mem::replace(&mut self.failing, true) {
                        let folder = self.folder.display();
                        complain(format!(
                            "the journal in {folder} cannot be written: {error}; what happens is \
                             kept in memory until it can"
                        ));
                    }
                    return;
                }
            }
        }
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        if self.file.as_ref().is_none_or(|(open, _)| open != name) {
            self.file = Some((name.to_owned(), self.open(name)?));
        }
        let Some((_, file)) = &mut self.file else { return Ok(()) };
        let before = file.metadata()?.len();
        let written = file.write_all(bytes).and_then(|()| file.sync_data());
        if written.is_err() {
            // Half of it may be there, and all of it comes again. The next try opens the file
            // anew and mends what even this could not take back.
            let _ = file.set_len(before);
            self.file = None;
        }
        written
    }

    /// Opens the file of a month, or another one if a process of the same name is writing to it.
    fn open(&self, name: &str) -> std::io::Result<File> {
        let rest = name.strip_prefix(&self.process).unwrap_or(name);
        for number in 1..=MOST_PROCESSES {
            let numbered = format!("{}-{number}{rest}", self.process);
            let path = self.folder.join(if number == 1 { name } else { &numbered });
            let mut options = OpenOptions::new();
            options.read(true).append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path)?;
            if file.try_lock().is_ok() {
                end_torn_line(&mut file)?;
                File::open(&self.folder)?.sync_all()?;
                return Ok(file);
            }
        }
        Err(std::io::Error::other("too many processes are writing here"))
    }
}

/// Ends a line that a crash left unfinished, so that the next one stands by itself.
fn end_torn_line(file: &mut File) -> std::io::Result<()> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(());
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    if last == *b"\n" { Ok(()) } else { file.write_all(b"\n") }
}

/// Makes a folder that only its owner may look into: who came when is nobody else's business.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
