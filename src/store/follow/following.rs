//! A follower in a thread of its own.

use std::{sync::mpsc::Sender, thread::JoinHandle, time::Duration};

use super::alive::Alive;

/// A follower running in its thread, which ends when this is dropped.
#[derive(Debug)]
pub struct Following {
    pub(super) hints: Sender<Hint>,
    pub(super) thread: Option<JoinHandle<()>>,
    pub(super) alive: Alive,
}

impl Following {
    /// Tells whether its thread gets on: a look at the branch that does not end hides all changes.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.alive.is_alive()
    }

    /// Returns how long ago it has last looked at the branch.
    #[must_use]
    pub fn since_last(&self) -> Duration {
        self.alive.since_last()
    }

    /// Makes it look at the branch now.
    pub fn poll_now(&self) {
        let _ = self.hints.send(Hint::Poll); // it may have stopped
    }
}

/// What the thread is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Poll,
    Stop,
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.hints.send(Hint::Stop); // it may have stopped already
        let _ = self.thread.take().map(JoinHandle::join);
    }
}
