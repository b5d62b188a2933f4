//! What a reader shows and sounds, as steps in time.

use std::time::Duration;

use crate::hardware::Feedback;

/// What is on at the same time: green, red, beep.
pub(super) type Lit = [bool; 3];

const NONE: Lit = [false, false, false];
const GREEN: Lit = [true, false, false];
const GREEN_BEEP: Lit = [true, false, true];
const RED: Lit = [false, true, false];
const RED_BEEP: Lit = [false, true, true];

/// A step: its end in milliseconds since the beginning, and what is on. The last step stays.
type Step = (u64, Lit);

/// Green until something else is shown, since the caller knows how long the door is unlocked; one
/// beep, for readers whose green nobody sees.
const GRANTED: &[Step] = &[(150, GREEN_BEEP), (u64::MAX, GREEN)];

/// Red for long enough to be seen, and three beeps, for readers without red.
const DENIED: &[Step] = &[
    (100, RED_BEEP),
    (200, RED),
    (300, RED_BEEP),
    (400, RED),
    (500, RED_BEEP),
    (1500, RED),
    (u64::MAX, NONE),
];

const IDLE: &[Step] = &[(u64::MAX, NONE)];

/// What one reader is showing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Showing {
    steps: &'static [Step],
    since: Duration,
}

impl Showing {
    pub(super) const fn new(feedback: Feedback, now: Duration) -> Self {
        let steps = match feedback {
            Feedback::Granted => GRANTED,
            Feedback::Denied => DENIED,
            Feedback::Idle => IDLE,
        };
        Self { steps, since: now }
    }

    /// Returns what is on now, and when that changes.
    pub(super) fn at(&self, now: Duration) -> (Lit, Option<Duration>) {
        let passed = now.saturating_sub(self.since);
        let until = |millis| Duration::from_millis(millis);
        match self.steps.iter().find(|(millis, _)| passed < until(*millis)) {
            Some((u64::MAX, lit)) => (*lit, None),
            Some((millis, lit)) => (*lit, Some(self.since.saturating_add(until(*millis)))),
            None => (NONE, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is shown, as `G`, `R` and `B`, with the milliseconds after which it ends.
    fn play(feedback: Feedback) -> Vec<(String, Option<u128>)> {
        let start = Duration::from_secs(7);
        let showing = Showing::new(feedback, start);
        let mut now = start;
        let mut played = Vec::new();
        loop {
            let (lit, until) = showing.at(now);
            let words = "GRB".chars().zip(lit).filter(|(_, on)| *on).map(|(c, _)| c).collect();
            played.push((words, until.map(|until| (until - start).as_millis())));
            let Some(until) = until else { return played };
            assert_eq!(showing.at(until - Duration::from_micros(1)).0, lit);
            now = until;
        }
    }

    #[test]
    fn granted_is_one_beep_and_green_that_stays() {
        let expected = [("GB".to_owned(), Some(150)), ("G".to_owned(), None)];
        assert_eq!(play(Feedback::Granted), expected);
    }

    #[test]
    fn denied_is_three_beeps_and_red_that_ends() {
        let played = play(Feedback::Denied);
        let beeps = played.iter().filter(|(words, _)| words.contains('B')).count();
        assert_eq!((beeps, played.last()), (3, Some(&(String::new(), None))));
        assert!(played.iter().all(|(words, _)| !words.contains('G')));
        assert_eq!(played[played.len() - 2], ("R".to_owned(), Some(1500)));
    }

    #[test]
    fn idle_shows_nothing() {
        assert_eq!(play(Feedback::Idle), [(String::new(), None)]);
    }
}
