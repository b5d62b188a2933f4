//! How far the time that is told falls behind the time that passes: a clock that is slightly behind is
//! waited for by telling the time more slowly, but no door stays unlocked for longer because of that.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Compares the time that is told with a count of seconds that never stops or leaps.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<(Timestamp, Duration)>,
}

impl Pace {
    /// Returns by how much the time was told more slowly since the last call; nothing if it leapt or was
    /// taken back.
    pub fn lag(&mut self, now: Timestamp, count: Duration) -> SignedDuration {
        let Some((then, counted)) = self.last.replace((now, count)) else {
            return SignedDuration::ZERO;
        };
        let passed = SignedDuration::try_from(count.saturating_sub(counted));
        let (told, passed) = (now.duration_since(then), passed.unwrap_or(SignedDuration::ZERO));
        if told < SignedDuration::ZERO { SignedDuration::ZERO } else { passed.saturating_sub(told) }
            .max(SignedDuration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_time_that_is_told_more_slowly_counts() {
        let at = |seconds: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let mut pace = Pace::default();
        let mut lag = |now, count| pace.lag(at(now), Duration::from_secs(count)).as_secs();
        assert_eq!(lag(100, 0), 0);
        assert_eq!(lag(110, 10), 0);
        assert_eq!(lag(115, 20), 5, "at half speed");
        assert_eq!(lag(900, 30), 0, "it leapt");
        assert_eq!(lag(200, 40), 0, "it was taken back");
        assert_eq!(lag(200, 43), 3, "it stands still");
    }
}
