//! The thread that brings to the disk what was written meanwhile, one flush for all of it.

use std::sync::{Arc, mpsc::Receiver};

use super::{
    outbox::{Mark, Outbox},
    paper::Paper,
};

/// What is to be flushed.
pub(super) struct Order {
    pub(super) paper: Arc<Paper>,
    /// Up to which byte the file was written.
    pub(super) upto: u64,
    pub(super) mark: Mark,
}

/// Flushes until nobody can order any more.
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
    drop(paper); // before anybody is told, so that the file can be opened anew
    match flushed {
        Ok(()) => outbox.flushed(&mark),
        Err(error) => outbox.not_flushed(&mark, error.map(|error| failed(&error))),
    }
}
