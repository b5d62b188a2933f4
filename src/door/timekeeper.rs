//! Tells the time as well as a machine without a clock battery can.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The allowed difference between two clocks that are both right, since an admin's laptop dates
/// the commits.
pub const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// How long a clock has to run steadily after a leap forward before it is trusted.
const CALM: Duration = Duration::from_secs(600);

/// Why the clock is in doubt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It shows an earlier time than the newest commit, the newest activity, or than it showed
    /// before.
    Behind {
        /// The time that it shows.
        shows: Timestamp,
        /// The latest moment known to have passed.
        latest: Timestamp,
    },
    /// It leapt forward.
    Leapt {
        /// What it should have shown.
        from: Timestamp,
        /// What it showed instead.
        to: Timestamp,
    },
    /// The newest commit has a later date than it shows, but everything else known agrees with it.
    Ahead {
        /// The time that it shows.
        shows: Timestamp,
        /// The date of the commit.
        commit: Timestamp,
    },
}

/// Tells the time. It never runs backwards, except to take back a time that was in doubt or that
/// the network corrects, so nothing that has expired becomes valid again.
///
/// A clock that the network has set is trusted, whatever is remembered. Any other clock that is
/// behind what this machine itself has recorded is not: the time continues from the latest known
/// moment by the machine's own count of seconds, until the clock has reached it. A clock that leapt
/// forward is followed, because later is safer, and trusted once the network has set it or it has
/// run steadily for ten minutes. A commit is dated by somebody else's clock: if it contradicts a
/// clock that everything else agrees with, it does not move the time.
#[derive(Debug)]
pub struct Timekeeper {
    /// The latest moment that this machine itself has recorded or shown.
    seen: Timestamp,
    /// The date of the newest commit.
    commit: Timestamp,
    /// Whether anything has confirmed the clock: an activity, a commit, the network, a person.
    confirmed: bool,
    last: Option<Last>,
    doubt: Option<Doubt>,
    /// A remembered moment that the network has overruled, because it is still to come.
    overruled: Option<Timestamp>,
}

/// The last answer, and its basis.
#[derive(Clone, Copy, Debug)]
struct Last {
    /// The machine's count of seconds.
    count: Duration,
    /// When a leap forward happened, by the count and by the clock.
    leap: Option<(Duration, Timestamp)>,
    /// The answer, or what it would have been without the leap.
    steady: Timestamp,
}

impl Timekeeper {
    /// Starts without any knowledge.
    #[must_use]
    pub const fn new() -> Self {
        let never = Timestamp::UNIX_EPOCH;
        Self {
            seen: never,
            commit: never,
            confirmed: false,
            last: None,
            doubt: None,
            overruled: None,
        }
    }

    /// Learns the time of an activity that was recorded without doubt.
    pub fn learn(&mut self, moment: Timestamp) {
        self.seen = self.seen.max(moment);
        self.confirmed = true;
    }

    /// Learns the date of the newest commit.
    pub const fn learn_commit(&mut self, moment: Timestamp) {
        self.commit = moment;
    }

    /// Trusts what the clock shows, because a person says that it is right.
    pub fn trust(&mut self, shows: Timestamp) {
        self.seen = shows;
        self.commit = self.commit.min(shows);
        self.confirmed = true;
        (self.last, self.doubt) = (None, None);
    }

    /// Returns why the clock is in doubt, if it is.
    #[must_use]
    pub const fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }

    /// Returns, once, the remembered moment that the network has overruled.
    pub const fn overruled(&mut self) -> Option<Timestamp> {
        self.overruled.take()
    }

    /// Tells the time, given what the clock shows, a count of seconds that never stops or leaps,
    /// and whether the network has set the clock lately.
    pub fn tell(&mut self, shows: Timestamp, count: Duration, set_by_network: bool) -> Timestamp {
        if set_by_network {
            self.confirmed = true;
            let latest = self.seen.max(self.commit);
            if ahead_by(latest, shows) > SLACK {
                self.overruled = Some(latest);
                self.trust(shows);
            }
        }
        let answer = self.judge(shows, count, set_by_network);
        if self.doubt.is_none() && ahead_by(self.commit, answer) > SLACK {
            self.doubt = Some(Doubt::Ahead { shows, commit: self.commit });
        }
        answer
    }

    fn judge(&mut self, shows: Timestamp, count: Duration, set_by_network: bool) -> Timestamp {
        let passed = |since: Duration| {
            SignedDuration::try_from(count.saturating_sub(since)).unwrap_or(SignedDuration::MAX)
        };
        let after = |at: Timestamp, since| at.saturating_add(passed(since)).unwrap_or(at);
        let previous_doubt = self.doubt.take();
        let latest = self.seen.max(self.commit);
        let known = if self.confirmed { self.seen } else { latest };
        if ahead_by(known, shows) > SLACK {
            let continued = self.last.map_or(latest, |last| after(last.steady, last.count));
            let answer = continued.max(latest);
            self.doubt = Some(Doubt::Behind { shows, latest });
            self.last = Some(Last { count, leap: None, steady: answer });
            return answer;
        }
        let known = self.last.filter(|_| !matches!(previous_doubt, Some(Doubt::Behind { .. })));
        let Some(last) = known else { return self.believe(shows.max(self.seen), count) };
        let steady = after(last.steady, last.count);
        if set_by_network || ahead_by(shows, steady) <= SLACK {
            // If the clock is slightly behind, the answer runs at half speed until the clock has
            // caught up.
            let half = passed(last.count) / 2;
            let slow = last.steady.saturating_add(half).unwrap_or(last.steady);
            return self.believe(shows.max(slow), count);
        }
        let leap =
            last.leap.filter(|(since, to)| ahead_by(shows, after(*to, *since)).abs() <= SLACK);
        let (since, to) = leap.unwrap_or((count, shows));
        if count.saturating_sub(since) >= CALM {
            return self.believe(shows, count);
        }
        self.doubt = Some(Doubt::Leapt { from: steady, to: shows });
        self.last = Some(Last { count, leap: Some((since, to)), steady });
        shows
    }

    fn believe(&mut self, answer: Timestamp, count: Duration) -> Timestamp {
        self.seen = self.seen.max(answer);
        let commit = self.commit > Timestamp::UNIX_EPOCH && ahead_by(self.commit, answer) <= SLACK;
        self.confirmed |= commit;
        self.last = Some(Last { count, leap: None, steady: answer });
        answer
    }
}

impl Default for Timekeeper {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns by how much one moment is later than another.
fn ahead_by(later: Timestamp, than: Timestamp) -> SignedDuration {
    later.duration_since(than)
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Behind { shows, latest } => write!(
                f,
                "the clock shows {shows}, but {latest} has already passed; nothing is held \
                 unlocked, and the time is counted from there until the clock is set"
            ),
            Self::Leapt { from, to } => write!(
                f,
                "the clock leapt from {from} to {to}; nothing is held unlocked until it has run \
                 steadily for ten minutes"
            ),
            Self::Ahead { shows, commit } => write!(
                f,
                "the newest commit is dated {commit}, but the clock shows {shows}; the time is \
                 taken from the clock, and nothing is held unlocked until one of them is corrected"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const YEAR: i64 = 365 * 86_400;

    fn at(seconds: i64) -> Timestamp {
        "2026-01-15T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    fn keeper() -> Timekeeper {
        let mut keeper = Timekeeper::new();
        keeper.learn(at(-3600));
        assert_eq!(keeper.tell(at(0), Duration::ZERO, false), at(0));
        assert_eq!(keeper.doubt(), None);
        keeper
    }

    fn count(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn set_back_a_year_or_to_1970_it_goes_on_from_what_it_knows() {
        for shows in [at(10 - YEAR), Timestamp::UNIX_EPOCH] {
            let mut keeper = keeper();
            assert_eq!(keeper.tell(shows, count(10), false), at(10));
            assert_eq!(keeper.doubt(), Some(Doubt::Behind { shows, latest: at(0) }));
            assert_eq!(keeper.tell(shows, count(100), false), at(100));
            // NTP arrives
            assert_eq!(keeper.tell(at(200), count(200), false), at(200));
            assert_eq!(keeper.doubt(), None);
        }
    }

    #[test]
    fn a_start_without_a_battery_is_in_doubt_until_the_network_sets_the_clock() {
        let mut keeper = Timekeeper::new();
        keeper.learn(at(0));
        assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(5), false), at(0));
        assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(25), false), at(20));
        assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
        // it was off for a day
        assert_eq!(keeper.tell(at(86_400), count(30), true), at(86_400));
        assert_eq!(keeper.doubt(), None);
    }

    #[test]
    fn set_forward_a_year_it_is_followed_and_believed_in_time() {
        let mut keeper = keeper();
        assert_eq!(keeper.tell(at(YEAR), count(10), false), at(YEAR));
        assert_eq!(keeper.doubt(), Some(Doubt::Leapt { from: at(10), to: at(YEAR) }));
        assert_eq!(keeper.tell(at(YEAR + 599), count(609), false), at(YEAR + 599));
        assert!(keeper.doubt().is_some());
        assert_eq!(keeper.tell(at(YEAR + 600), count(610), false), at(YEAR + 600));
        assert_eq!(keeper.doubt(), None);
    }

    #[test]
    fn a_leap_that_is_taken_back_leaves_nothing_behind() {
        let mut keeper = keeper();
        keeper.tell(at(YEAR), count(10), false);
        assert_eq!(keeper.tell(at(20), count(20), false), at(20));
        assert_eq!(keeper.doubt(), None);
    }

    #[test]
    fn a_leap_by_the_network_is_trusted_at_once_and_no_other() {
        let mut keeper = keeper();
        assert_eq!(keeper.tell(at(7200), count(10), true), at(7200));
        assert_eq!(keeper.doubt(), None);
        keeper.tell(at(YEAR), count(20), false);
        assert!(matches!(keeper.doubt(), Some(Doubt::Leapt { .. })), "somebody else set it");
    }

    #[test]
    fn a_commit_from_the_future_moves_no_clock_that_all_else_agrees_with() {
        let mut keeper = keeper();
        keeper.learn_commit(at(240));
        assert_eq!(keeper.tell(at(1), count(1), false), at(1));
        assert_eq!(keeper.doubt(), None, "laptops differ a little");
        keeper.learn_commit(at(4 * YEAR));
        assert_eq!(keeper.tell(at(2), count(2), false), at(2));
        let doubt = Doubt::Ahead { shows: at(2), commit: at(4 * YEAR) };
        assert_eq!(keeper.doubt(), Some(doubt));
        // a right one on top
        keeper.learn_commit(at(2));
        assert_eq!(keeper.tell(at(3), count(3), false), at(3));
        assert_eq!(keeper.doubt(), None);
    }

    #[test]
    fn a_clock_that_nothing_bears_out_goes_by_the_newest_commit() {
        let mut keeper = Timekeeper::new();
        keeper.tell(Timestamp::UNIX_EPOCH, count(0), false);
        keeper.learn_commit(at(0));
        assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(5), false), at(0));
        assert_eq!(keeper.tell(Timestamp::UNIX_EPOCH, count(15), false), at(10));
        assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
    }

    #[test]
    fn a_clock_that_the_network_set_wins_over_every_memory() {
        let mut keeper = Timekeeper::new();
        keeper.learn(at(3 * YEAR));
        keeper.learn_commit(at(4 * YEAR));
        assert_eq!(keeper.tell(at(0), count(0), false), at(4 * YEAR));
        assert!(matches!(keeper.doubt(), Some(Doubt::Behind { .. })));
        assert_eq!(keeper.tell(at(10), count(10), true), at(10));
        assert_eq!((keeper.doubt(), keeper.overruled()), (None, Some(at(4 * YEAR))));
        assert_eq!(keeper.overruled(), None, "it is told once");
        // The network may be gone again.
        assert_eq!(keeper.tell(at(20), count(20), false), at(20));
        assert_eq!(keeper.doubt(), None);
    }

    #[test]
    fn a_clock_that_a_person_trusts_is_believed_and_what_is_remembered_is_put_aside() {
        let mut keeper = Timekeeper::new();
        keeper.learn(at(3 * YEAR));
        keeper.tell(at(0), count(0), false);
        assert!(keeper.doubt().is_some());
        keeper.trust(at(1));
        assert_eq!(keeper.tell(at(2), count(2), false), at(2));
        assert_eq!(keeper.doubt(), None);
    }

    proptest! {
        /// Whatever the clock does, what has expired stays expired.
        #[test]
        fn an_answer_that_was_not_in_doubt_is_never_taken_back(
            steps in prop::collection::vec((0..900_u64, prop_oneof![
                Just(0_i64), -400..400_i64, -2 * YEAR..2 * YEAR,
            ], any::<bool>()), 1..60),
        ) {
            let mut keeper = Timekeeper::new();
            let (mut passed, mut offset, mut sure) = (0, 0, Timestamp::MIN);
            for (seconds, leap, set) in steps {
                passed += seconds;
                offset = (offset + leap).clamp(-10 * YEAR, 10 * YEAR);
                let shows = at(i64::try_from(passed).unwrap() + offset);
                let answer = keeper.tell(shows, count(passed), set);
                prop_assert!(set || answer >= sure, "{answer} is before {sure}");
                if keeper.doubt().is_none() {
                    sure = answer;
                }
            }
        }
    }
}
