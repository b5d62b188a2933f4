//! Appends activities without ever making a door wait for the disk.

use std::{
    fmt, io,
    path::Path,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    flusher,
    outbox::Outbox,
    state::JournalState,
    writer::{Writer, describe},
};
use crate::{
    domain::model::Activity,
    store::{StoreError, disk::private_dir},
};

/// The journal of one process. When dropped, it waits until everything is on the disk.
pub struct Journal {
    outbox: Arc<Outbox>,
    threads: Vec<JoinHandle<()>>,
}

impl Journal {
    /// Opens the journal of a process (`door`) in a folder, which is created if necessary.
    ///
    /// `report` gets a message when writing fails, when it works again, and when there is a line
    /// that a power cut left unfinished.
    ///
    /// # Errors
    /// The folder cannot be created or written to.
    pub fn open(
        folder: &Path,
        process: &str,
        report: impl Fn(String) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let fail = |source| StoreError::Journal { path: folder.to_owned(), source };
        private_dir(folder).and_then(|()| check_writable(folder)).map_err(fail)?;
        let outbox = Arc::new(Outbox::new(report));
        let (requests, received) = mpsc::channel();
        let (flusher_outbox, flusher_folder) = (Arc::clone(&outbox), folder.to_owned());
        let flusher = thread::Builder::new().name("journal-flush".into()).spawn(move || {
            flusher::run(&received, &flusher_outbox, &|error| describe(&flusher_folder, error));
        });
        let flusher = flusher.map_err(fail)?;
        let writer =
            Writer::new(folder.to_owned(), process.to_owned(), Arc::clone(&outbox), requests);
        let writer = thread::Builder::new().name("journal".into()).spawn(move || writer.run());
        // The writer comes first: the flusher ends with it.
        Ok(Self { outbox, threads: vec![writer.map_err(fail)?, flusher] })
    }

    /// Appends an activity and returns at once. It is on the disk a flush or two later.
    pub fn append(&self, activity: Activity) {
        self.outbox.append(activity, None);
    }

    /// Appends an activity and returns at once; `settled` is called once it is on the disk, or has
    /// failed to get there, and told whether it is. What comes at the same time shares a flush.
    pub fn append_then(&self, activity: Activity, settled: impl FnOnce(bool) + Send + 'static) {
        self.outbox.append(activity, Some(Box::new(settled)));
    }

    /// Waits until everything appended so far is written, so that a killed process loses none of
    /// it; false if that failed or took too long. It normally takes microseconds.
    #[must_use]
    pub fn wait_until_written(&self, at_most: Duration) -> bool {
        self.outbox.wait_until_written(at_most)
    }

    /// Waits until everything appended so far is on the disk, or has failed to get there.
    pub fn flush(&self) {
        self.outbox.flush();
    }

    /// Returns the state of the journal.
    #[must_use]
    pub fn state(&self) -> JournalState {
        self.outbox.state()
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.outbox.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join(); // a panicked thread has nothing more to do
        }
    }
}

/// Tests whether files can be created in a folder, without creating one: a full disk is not a
/// reason to refuse.
fn check_writable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
