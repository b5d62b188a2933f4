//! What goes on, for whoever waits: each program shows it in its own way, or not at all.

/// Is told that something goes on. What is not overridden says nothing.
pub trait Progress {
    /// Something begins; `steps` says how many steps it takes, where that is known.
    fn begin(&self, what: &'static str, steps: Option<usize>) {
        let _ = (what, steps);
    }

    /// A step is done.
    fn step(&self) {}

    /// What began is over.
    fn end(&self) {}
}

/// Nobody waits.
impl Progress for () {}

/// Something that goes on until this is dropped.
#[must_use]
pub struct Underway<'p>(&'p dyn Progress);

impl<'p> Underway<'p> {
    /// Begins something.
    pub fn new(progress: &'p dyn Progress, what: &'static str) -> Self {
        progress.begin(what, None);
        Self(progress)
    }

    /// Begins something that takes so many steps.
    pub fn steps(progress: &'p dyn Progress, what: &'static str, steps: usize) -> Self {
        progress.begin(what, Some(steps));
        Self(progress)
    }

    /// Tells that a step is done.
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
