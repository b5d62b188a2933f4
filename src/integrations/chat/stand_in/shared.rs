//! What all connections to the stand-in share.

use std::{collections::VecDeque, sync::mpsc::Sender, time::Duration};

use super::{books::Books, sockets::Sockets};

/// How the next request fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Too many requests, with the number of seconds to wait if one is given; nothing happens.
    Busy(Option<u32>),
    /// An error of the service's own; nothing happens.
    Broken,
    /// What was asked for happens, and the connection ends before the answer.
    Lost,
    /// What was asked for happens, and there never is an answer.
    Silent,
    /// The list is empty, whatever there is.
    Empty,
    /// The place at which the next page begins is gone when it is asked for.
    Forgets,
}

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) books: Books,
    pub(super) faults: VecDeque<Option<Fault>>,
    /// What was asked for since somebody looked.
    pub(super) requests: Vec<String>,
    pub(super) watcher: Option<Sender<String>>,
    pub(super) sockets: Sockets,
    /// How often a line gives a sign of life, if it does.
    pub(super) signs: Option<Duration>,
    /// How many signs of life were answered.
    pub(super) answered_signs: usize,
    /// The deliveries that were acknowledged.
    pub(super) acknowledged: Vec<String>,
}

impl Shared {
    /// Takes what a line sends: that a delivery has arrived.
    pub(super) fn take(&mut self, text: &str) {
        let heard: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        self.acknowledged.extend(heard["envelope_id"].as_str().map(str::to_owned));
    }
}
