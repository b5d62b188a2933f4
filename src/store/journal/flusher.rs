//! The thread that flushes to the disk everything written since its last flush.

use std::sync::{Arc, mpsc::Receiver};

use super::{
    outbox::{Mark, Outbox},
    paper::Paper,
};

/// A request to flush.
pub(super) struct Order {
    pub(super) paper: Arc<Paper>,
    /// The number of bytes written to the file so far.
    pub(super) upto: u64,
    pub(super) mark: Mark,
}

/// Flushes until no more requests can come.
pub(super) fn run(
    orders: &Receiver<Order>,
    outbox: &Outbox,
    failed: &dyn Fn(&std::io::Error) -> String,
) {
    while let Ok(mut newest) = orders.recv() {
        for order in orders.try_iter() {
            if !Arc::ptr_eq(&order.paper, &newest.paper) {
                flush(newest, outbox, failed);
            }
            newest = order;
        }
        flush(newest, outbox, failed);
    }
}

fn flush(order: Order, outbox: &Outbox, failed: &dyn Fn(&std::io::Error) -> String) {
    let Order { paper, upto, mark } = order;
    let flushed = paper.flush(upto);
    drop(paper); // before reporting, so that the file can be opened again
    match flushed {
        Ok(()) => outbox.flushed(&mark),
        Err(error) => outbox.not_flushed(&mark, error.map(|error| failed(&error))),
    }
}
