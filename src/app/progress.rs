//! Progress, for whoever waits: each program shows it in its own way, or not at all.

/// Receives progress; by default it is ignored.
pub trait Progress {
    /// Something begins; `steps` is the number of steps it takes, if known.
    fn begin(&self, what: &'static str, steps: Option<usize>) {
        let _ = (what, steps);
    }

    /// A step is finished.
    fn step(&self) {}

    /// What began has ended.
    fn end(&self) {}
}

/// Ignores progress: nobody is waiting.
impl Progress for () {}

/// Something that is in progress until this is dropped.
#[must_use]
pub struct Underway<'p>(&'p dyn Progress);

impl<'p> Underway<'p> {
    /// Begins something of unknown length.
    pub fn new(progress: &'p dyn Progress, what: &'static str) -> Self {
        progress.begin(what, None);
        Self(progress)
    }

    /// Begins something that takes this many steps.
    pub fn steps(progress: &'p dyn Progress, what: &'static str, steps: usize) -> Self {
        progress.begin(what, Some(steps));
        Self(progress)
    }

    /// Reports a finished step.
    pub fn step(&self) {
        self.0.step();
    }
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl std::fmt::Debug for Underway<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Underway").finish_non_exhaustive()
    }
}
