//! How long to wait before looking again for a lost device.

use std::time::Duration;

/// The first wait.
pub const SHORTEST: Duration = Duration::from_millis(250);

/// The longest wait: somebody who plugs a reader in again watches it for about that long.
pub const LONGEST: Duration = Duration::from_secs(5);

/// Returns how long to wait after a number of failed attempts in a row: 250 ms after the first,
/// then twice as long each time, up to 5 s.
#[must_use]
pub fn after(failed: u32) -> Duration {
    let doublings = failed.saturating_sub(1).min(16);
    (SHORTEST * (1 << doublings)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_and_stops_growing() {
        let millis: Vec<_> = (0..8).map(|failed| after(failed).as_millis()).collect();
        assert_eq!(millis, [250, 250, 500, 1000, 2000, 4000, 5000, 5000]);
        assert_eq!(after(u32::MAX), LONGEST);
    }
}
