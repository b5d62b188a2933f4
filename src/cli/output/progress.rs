//! Progress on the terminal for whatever takes longer than a second.

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

/// How long something may take before progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the display is then updated.
const TICK: Duration = Duration::from_millis(200);

/// Shows progress on standard error, if it is a terminal, until dropped.
pub(in crate::cli) struct Progress {
    thread: Option<(Sender<()>, JoinHandle<()>)>,
    done: Arc<AtomicU64>,
}

impl Progress {
    /// Starts; `what` is shown after a second.
    #[must_use]
    pub(in crate::cli) fn new(what: &'static str) -> Self {
        Self::of(what, None)
    }

    /// Counts a finished step.
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

/// Shows on the terminal the progress that the layers below report.
#[derive(Default)]
pub(in crate::cli) struct Waiting(RefCell<Option<Progress>>);

impl app::Progress for Waiting {
    fn begin(&self, what: &'static str, steps: Option<usize>) {
        let total = steps.and_then(|steps| u64::try_from(steps).ok());
        // The previous display has to be off the terminal first.
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
            // Failing to show progress is no reason to fail.
            let _ = thread.join();
        }
    }
}
