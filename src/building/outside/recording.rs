//! What is measured, on its way to the disk: nobody waits for it.

use std::{
    io,
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread::JoinHandle,
    time::Duration,
};

use super::Inbox;
use crate::{
    building::Input,
    domain::{
        meters::Measurement,
        model::{Base, Slug},
    },
    store::measurements::Recorder,
};

/// How many may wait for the thread.
const WAITING: usize = 4_096;

/// How often to look whether it is time to write.
const STEP: Duration = Duration::from_secs(1);

/// What is measured, on its way to the disk.
pub(in crate::building) struct Recording {
    measured: SyncSender<(Slug, Base, Measurement)>,
    thread: JoinHandle<()>,
}

impl Recording {
    /// Starts to record into a folder.
    pub(in crate::building) fn start(inbox: Inbox, folder: PathBuf) -> io::Result<Self> {
        let (measured, waiting) = sync_channel(WAITING);
        let recorder = Recorder::new(folder);
        let thread = std::thread::Builder::new()
            .name("recording".into())
            .spawn(move || record(recorder, &inbox, &waiting))?;
        Ok(Self { measured, thread })
    }

    /// Takes a measurement.
    pub(in crate::building) fn add(&self, meter: Slug, base: Base, measurement: Measurement) {
        let _ = self.measured.send((meter, base, measurement)); // its thread ends after us
    }

    /// Writes the rest, and ends.
    pub(in crate::building) fn close(self) {
        drop(self.measured);
        let _ = self.thread.join(); // a thread that broke off has nothing to write any more
    }
}

fn record(mut recorder: Recorder, inbox: &Inbox, waiting: &Receiver<(Slug, Base, Measurement)>) {
    let mut trouble = None;
    let mut lost = 0;
    loop {
        let ended = match waiting.recv_timeout(STEP) {
            Ok((meter, base, measurement)) => {
                recorder.add(&meter, base, measurement, inbox.now());
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        };
        let now = inbox.now();
        if recorder.waiting() > 0 && (ended || recorder.is_due(now)) {
            let words = recorder.write(now).err().map(|error| error.to_string());
            lost += recorder.dropped();
            let words = words.map(|why| format!("measurements: {why}; {lost} were lost"));
            if words != trouble && !ended {
                trouble.clone_from(&words);
                inbox.tell(Input::Trouble("measurements", words));
            }
        }
        if ended {
            return;
        }
    }
}
