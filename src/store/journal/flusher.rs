//! The thread that flushes to the disk everything written since its last flush.

use std::sync::{Arc, mpsc::Receiver};

use super::{
    outbox::{Mark, Outbox},
    shared_file::SharedFile,
};

/// A request to flush.
pub(super) struct FlushRequest {
    pub(super) shared: Arc<SharedFile>,
    /// The number of bytes written to the file so far.
    pub(super) up_to: u64,
    pub(super) mark: Mark,
}

/// Flushes until no more requests can come.
pub(super) fn run(
    requests: &Receiver<FlushRequest>,
    outbox: &Outbox,
    describe: &dyn Fn(&std::io::Error) -> String,
) {
    while let Ok(mut newest) = requests.recv() {
        for request in requests.try_iter() {
            if !Arc::ptr_eq(&request.shared, &newest.shared) {
                flush(newest, outbox, describe);
            }
            newest = request;
        }
        flush(newest, outbox, describe);
    }
}

fn flush(request: FlushRequest, outbox: &Outbox, describe: &dyn Fn(&std::io::Error) -> String) {
    let FlushRequest { shared, up_to, mark } = request;
    let flushed = shared.flush(up_to);
    drop(shared); // before reporting, so that the file can be opened again
    match flushed {
        Ok(()) => outbox.record_flushed(&mark),
        Err(error) => outbox.record_flush_failure(&mark, error.map(|error| describe(&error))),
    }
}
