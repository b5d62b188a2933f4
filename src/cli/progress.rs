//! A sign of life for what takes longer than a second; what is quicker shows nothing.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How long something may take before a sign of life appears, and how often it moves.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows on a terminal's standard error that something is going on, until it is dropped.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Begins; `what` is told after a second.
    #[must_use]
    pub(super) fn new(what: &str) -> Self {
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}");
        let bar = ProgressBar::no_length().with_message(what.to_owned());
        let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
        bar.enable_steady_tick(PATIENCE);
        Self(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
