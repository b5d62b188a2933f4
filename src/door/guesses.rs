//! Counts the wrong codes of one type at one reader, and locks guessers out for longer and longer.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::{config::LockoutSettings, domain::model::CodeHash};

/// How long a wrong code counts. A right one in between does not reset the count, since an attacker
/// may well have a credential of their own.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// The longest lockout, as a multiple of the first.
const LONGEST: u32 = 32;

/// How often a reading during a lockout is reported at most.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The wrong codes of the last quarter of an hour, and the lockout that they led to.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    /// Oldest first, each code once; without a hash if only the journal knows of it.
    wrong: VecDeque<(Option<CodeHash>, Timestamp)>,
    lockout: Option<Lockout>,
}

#[derive(Clone, Copy, Debug)]
struct Lockout {
    since: Timestamp,
    until: Timestamp,
    /// When a reading during the lockout was last reported.
    reported: Option<Timestamp>,
}

impl Guesses {
    /// Counts a code that nobody holds; returns the end of the lockout that it causes, if any. The
    /// same code again is not another guess.
    pub(super) fn count(
        &mut self,
        code: Option<CodeHash>,
        patience: LockoutSettings,
        now: Timestamp,
    ) -> Option<Timestamp> {
        self.wrong.retain(|(_, at)| *at <= now && now.duration_since(*at) <= WINDOW);
        let known = |(known, _): &(Option<CodeHash>, Timestamp)| code.is_some() && *known == code;
        if patience.wrong_codes == 0 || self.wrong.iter().any(known) {
            return None;
        }
        self.wrong.push_back((code, now));
        let over = u32::try_from(self.wrong.len()).ok()?.checked_sub(patience.wrong_codes)?;
        if over > LONGEST {
            self.wrong.pop_front(); // more would make no difference
        }
        let times = 1_u32.checked_shl(over).map_or(LONGEST, |times| times.min(LONGEST));
        let seconds = i64::from(patience.pause_seconds) * i64::from(times);
        let until = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
        self.lockout = Some(Lockout { since: now, until, reported: None });
        Some(until)
    }

    /// Returns the end of the lockout, if there is one. A lockout that starts in the future means
    /// that the clock was set back: it is over.
    pub(super) fn lockout_end(&self, now: Timestamp) -> Option<Timestamp> {
        self.lockout.filter(|it| it.since <= now && now < it.until).map(|it| it.until)
    }

    /// Tells whether to report a reading during the lockout, and counts it as reported if so: the
    /// first, then one a minute.
    pub(super) fn claim_report(&mut self, now: Timestamp) -> bool {
        let Some(lockout) = &mut self.lockout else { return false };
        let lately = |at: Timestamp| at <= now && now.duration_since(at) < MINUTE;
        let due = !lockout.reported.is_some_and(lately);
        if due {
            lockout.reported = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    fn hash(number: i64) -> Option<CodeHash> {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&number.to_le_bytes());
        Some(CodeHash::from_bytes(bytes))
    }

    #[test]
    fn too_many_wrong_codes_lead_to_longer_and_longer_lockouts() {
        let (mut guesses, patience) = (Guesses::default(), LockoutSettings::default());
        assert!((0..4).all(|wrong| guesses.count(hash(wrong), patience, at(wrong)).is_none()));
        let mut now = 5;
        for seconds in [10, 20, 40, 80, 160, 320] {
            let until = guesses.count(hash(now), patience, at(now)).unwrap();
            assert_eq!(until, at(now + seconds));
            assert_eq!(guesses.lockout_end(at(now + seconds - 1)), Some(until));
            assert!(guesses.claim_report(at(now)) && !guesses.claim_report(at(now + 1)));
            assert!(guesses.claim_report(at(now + 60)), "one a minute");
            now += seconds;
            assert_eq!(guesses.lockout_end(at(now)), None);
        }
        assert_eq!(guesses.lockout_end(at(0)), None, "the clock was set back");
    }

    #[test]
    fn wrong_codes_are_forgotten_after_a_quarter_of_an_hour() {
        let (mut guesses, patience) = (Guesses::default(), LockoutSettings::default());
        for wrong in 0..40 {
            assert_eq!(guesses.count(hash(wrong), patience, at(wrong * 4 * 60)), None);
        }
        let patience = LockoutSettings { wrong_codes: 0, ..patience };
        assert!((0..40).all(|it| guesses.count(hash(it), patience, at(9999)).is_none()));
    }

    #[test]
    fn the_same_code_again_is_not_another_guess() {
        let (mut guesses, patience) = (Guesses::default(), LockoutSettings::default());
        assert!((0..99).all(|again| guesses.count(hash(1), patience, at(again)).is_none()));
        let unknown = (0..5).map(|again| guesses.count(None, patience, at(100 + again)));
        assert_eq!(unknown.flatten().count(), 2, "with the first there are six of them");
    }

    proptest! {
        /// An attacker tries whenever the reader takes a code, and waits as they like.
        #[test]
        fn nobody_gets_more_than_fifty_guesses_an_hour(
            waits in prop::collection::vec(prop_oneof![4 => 0..3_i64, 1 => 0..900_i64], 4000),
        ) {
            let (mut guesses, patience) = (Guesses::default(), LockoutSettings::default());
            let (mut now, mut taken) = (0, 0);
            for (number, wait) in (0..).zip(waits) {
                now += 1 + wait;
                if now >= 3600 {
                    break;
                }
                if guesses.lockout_end(at(now)).is_none() {
                    guesses.count(hash(number), patience, at(now));
                    taken += 1;
                }
            }
            prop_assert!(taken <= 50, "{taken}");
        }
    }
}
