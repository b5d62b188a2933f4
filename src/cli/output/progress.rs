//! A sign of life for what takes longer than a second; what is quicker shows nothing.

use std::{
    cell::RefCell,
    io::IsTerminal as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::app;

/// How long something may take before a sign of life appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it moves then.
const TICK: Duration = Duration::from_millis(200);

/// Shows on a terminal's standard error that something is going on, until it is dropped.
pub(in crate::cli) struct Progress {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
    done: Arc<AtomicU64>,
}

impl Progress {
    /// Begins; `what` is told after a second.
    #[must_use]
    pub(in crate::cli) fn new(what: &'static str) -> Self {
        Self::of(what, None)
    }

    /// Tells that a step is done.
    pub(in crate::cli) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn of(what: &'static str, total: Option<u64>) -> Self {
        let done = Arc::new(AtomicU64::new(0));
        if !std::io::stderr().is_terminal() {
            return Self { thread: None, done };
        }
        let (end, wait) = mpsc::channel::<()>();
        let seen = Arc::clone(&done);
        let thread = thread::spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let (bar, template) = match total {
                Some(total) => {
                    (ProgressBar::new(total), "{spinner} {msg} {bar:24} {pos}/{len} {eta}")
                }
                None => (ProgressBar::no_length(), "{spinner} {msg} {elapsed}"),
            };
            let bar = bar.with_message(what).with_elapsed(PATIENCE);
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(seen.load(Ordering::Relaxed));
                bar.tick();
            }
            bar.finish_and_clear();
        });
        Self { thread: Some((end, thread)), done }
    }
}

/// Shows on the terminal what goes on below the command line.
#[derive(Default)]
pub(in crate::cli) struct Waiting(RefCell<Option<Progress>>);

impl app::Progress for Waiting {
    fn begin(&self, what: &'static str, steps: Option<usize>) {
        let total = steps.and_then(|steps| u64::try_from(steps).ok());
        // What went on before has to be off the terminal first.
        drop(self.0.take());
        self.0.replace(Some(Progress::of(what, total)));
    }

    fn step(&self) {
        if let Some(shown) = &*self.0.borrow() {
            shown.step();
        }
    }

    fn end(&self) {
        drop(self.0.take());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.thread.take() {
            drop(end);
            // A sign of life that failed is no reason to fail.
            let _ = thread.join();
        }
    }
}
