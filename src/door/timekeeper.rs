//! Tells the time as well as a machine without a clock battery can.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// The allowed difference between two clocks that are both right, since an admin's laptop dates
/// the commits.
pub const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// How long a clock has to run steadily after a leap forward before it is trusted.
const CALM: Duration = Duration::from_secs(600);

/// How far a clock may be ahead of all that bears it out and still be believed, if the network has not
/// set it: a machine may have been off for a year, but not for ten.
const FAR: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Why the clock is in doubt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
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
    /// Nobody has set it since this machine was started, which has no clock that runs on without power.
    Unset {
        /// The time that it shows.
        shows: Timestamp,
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
    /// The latest moment that bears the clock out: of an activity, of a commit, by the network, by a
    /// person, or because the clock ran there from such a moment.
    anchor: Timestamp,
    /// Whether the clock has to be set before anything is held unlocked.
    unset: bool,
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
            anchor: never,
            unset: false,
            last: None,
            doubt: None,
            overruled: None,
        }
    }

    /// Learns the time of an activity that was recorded without doubt.
    pub fn learn(&mut self, moment: Timestamp) {
        self.bear_out(moment);
        self.seen = self.seen.max(moment);
        self.confirmed = true;
    }

    /// Learns the date of the newest commit.
    pub fn learn_commit(&mut self, moment: Timestamp) {
        self.bear_out(moment);
        self.commit = moment;
    }

    /// Takes no hold for granted until somebody has set the clock: this machine has none that runs on
    /// without power.
    pub const fn require_setting(&mut self) {
        self.unset = true;
    }

    /// Learns a moment that has certainly passed. The first one shows whether what the clock said
    /// before can be.
    fn bear_out(&mut self, moment: Timestamp) {
        let first = self.anchor == Timestamp::UNIX_EPOCH;
        if first && !self.confirmed && ahead_by(self.seen, moment) > FAR {
            (self.seen, self.last) = (moment, None);
        }
        self.anchor = self.anchor.max(moment);
    }

    /// Trusts what the clock shows, because a person says that it is right.
    pub fn trust(&mut self, shows: Timestamp) {
        self.seen = shows;
        self.commit = self.commit.min(shows);
        (self.confirmed, self.unset, self.anchor) = (true, false, shows);
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
            (self.confirmed, self.unset) = (true, false);
            self.anchor = self.anchor.max(shows);
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
        if self.doubt.is_none() && self.unset {
            self.doubt = Some(Doubt::Unset { shows });
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
        let borne_out = self.anchor == Timestamp::UNIX_EPOCH
            || set_by_network
            || ahead_by(shows, self.anchor) <= FAR;
        if !borne_out {
            // However long it goes on, only somebody who knows the time can make this true.
            // Where nothing was counted from before, what is remembered tells only what has passed, and
            // the next time that can be true is no leap.
            let steady = self.last.map(|last| after(last.steady, last.count));
            self.doubt = Some(Doubt::Leapt { from: steady.unwrap_or(latest), to: shows });
            let leap = Some((count, shows));
            self.last = steady.map(|steady| Last { count, leap, steady });
            return shows;
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
        if self.anchor > Timestamp::UNIX_EPOCH {
            self.anchor = self.anchor.max(answer);
        }
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
                "the clock leapt from {from} to {to}; nothing is held unlocked until the \
                 network has set it, or it has run steadily for ten minutes after a leap of less than a \
                 year"
            ),
            Self::Unset { shows } => write!(
                f,
                "nobody has set the clock since this machine was started, and it has none that runs \
                 on without power; it shows {shows}, and nothing is held unlocked until the network or \
                 somebody sets it"
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
mod tests;
