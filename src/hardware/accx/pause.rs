//! How long to wait before a port is opened again.

use std::time::Duration;

/// The first pause.
const FIRST: Duration = Duration::from_millis(250);
/// The longest one.
const LONGEST: Duration = Duration::from_secs(10);

/// Returns the pause after so many failures in a row, from 0: doubling, 10 s at most.
#[must_use]
pub fn pause(failures: u32) -> Duration {
    FIRST.saturating_mul(1_u32.checked_shl(failures).unwrap_or(u32::MAX)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_ten_seconds() {
        let millis: Vec<_> = (0..8).map(|n| pause(n).as_millis()).collect();
        assert_eq!(millis, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        for failures in [31, 32, 33, 1000, u32::MAX] {
            assert_eq!(pause(failures), LONGEST, "{failures}");
        }
    }
}
