//! How long to wait before trying again what did not work.

use std::time::Duration;

/// The first pause.
const FIRST: Duration = Duration::from_secs(1);

/// A pause that doubles each time, up to a limit.
#[derive(Debug)]
pub(super) struct Pause {
    next: Duration,
    longest: Duration,
}

impl Pause {
    /// Starts with a second.
    pub(super) const fn new(longest: Duration) -> Self {
        Self { next: FIRST, longest }
    }

    /// Starts again with a second, because something worked.
    pub(super) const fn reset(&mut self) {
        self.next = FIRST;
    }

    /// Returns the next pause.
    pub(super) fn longer(&mut self) -> Duration {
        let pause = self.next.min(self.longest);
        self.next = self.next.saturating_mul(2).min(self.longest);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_the_limit_and_starts_again() {
        let mut pause = Pause::new(Duration::from_secs(5));
        let seconds: Vec<u64> = (0..5).map(|_| pause.longer().as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 5, 5]);
        pause.reset();
        assert_eq!(pause.longer(), FIRST);
        assert_eq!(Pause::new(Duration::from_millis(10)).longer(), Duration::from_millis(10));
    }
}
