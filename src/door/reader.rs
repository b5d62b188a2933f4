//! One reader as the door sees it: its recent readings, its wrong codes, its lockout.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Patience,
    domain::model::{CodeHash, MemberId},
};

/// A fob seen again within this time counts as held to the reader continuously.
const HELD: SignedDuration = SignedDuration::from_millis(1500);

/// How long after a fob its member's passcode counts, at a facility that needs the fob first.
const FOB_FIRST: SignedDuration = SignedDuration::from_secs(10);

/// How long after the last wrong code the earlier ones are forgotten.
const FORGET: SignedDuration = SignedDuration::from_mins(15);

/// The longest lockout, as a multiple of the first.
const LONGEST: u32 = 32;

/// What is remembered about a reader.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The last fob seen, and when.
    seen: Option<(CodeHash, Timestamp)>,
    /// The member whose fob was last read, and when.
    fob: Option<(MemberId, Timestamp)>,
    /// The number of consecutive wrong codes, and when the last one came.
    wrong: u32,
    last_wrong: Option<Timestamp>,
    pause: Option<Pause>,
    /// When something that is not a code was last reported, and how many followed unreported.
    noise: Option<(Timestamp, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Pause {
    since: Timestamp,
    until: Timestamp,
    told: bool,
}

/// How to treat a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Admit {
    /// Decide on it.
    Decide,
    /// Ignore it: it is the fob that is being held there.
    Same,
    /// The reader is locked out until then; true for the first reading in this lockout.
    Paused(Timestamp, bool),
}

impl Reader {
    /// Takes a fob's hash, or `None` for what cannot be held to a reader.
    pub(super) fn admit(&mut self, fob: Option<CodeHash>, now: Timestamp) -> Admit {
        if let Some(hash) = fob {
            let same = self.seen.is_some_and(|(last, at)| {
                last == hash && at <= now && now.duration_since(at) < HELD
            });
            self.seen = Some((hash, now));
            if same {
                return Admit::Same;
            }
        }
        match &mut self.pause {
            // A lockout that starts in the future means that the clock was set back: it is over.
            Some(pause) if pause.since <= now && now < pause.until => {
                Admit::Paused(pause.until, !std::mem::replace(&mut pause.told, true))
            }
            _ => Admit::Decide,
        }
    }

    /// Records that a member's fob was read.
    pub(super) fn note_fob(&mut self, member: MemberId, now: Timestamp) {
        self.fob = Some((member, now));
    }

    /// Tells whether a member's fob was read just before.
    pub(super) fn had_fob_of(&self, member: Option<MemberId>, now: Timestamp) -> bool {
        self.fob.is_some_and(|(whose, at)| {
            Some(whose) == member && at <= now && now.duration_since(at) <= FOB_FIRST
        })
    }

    /// Records a right code: the wrong ones before it are forgotten.
    pub(super) const fn right(&mut self) {
        (self.wrong, self.last_wrong) = (0, None);
    }

    /// Records a code that nobody holds; returns the end of the lockout that it causes, if any.
    pub(super) fn wrong(&mut self, patience: Patience, now: Timestamp) -> Option<Timestamp> {
        let recent = self
            .last_wrong
            .replace(now)
            .is_some_and(|at| at <= now && now.duration_since(at) <= FORGET);
        self.wrong = if recent { self.wrong.saturating_add(1) } else { 1 };
        let over = self.wrong.checked_sub(patience.wrong_codes)?;
        if patience.wrong_codes == 0 {
            return None;
        }
        let times = 1_u32.checked_shl(over).map_or(LONGEST, |times| times.min(LONGEST));
        let pause =
            SignedDuration::from_secs(patience.pause_seconds.into()) * i32::from(times as u8);
        let until = now.saturating_add(pause).unwrap_or(now);
        self.pause = Some(Pause { since: now, until, told: false });
        Some(until)
    }

    /// Records something that is not a code. Once a minute it is to be reported: then it returns
    /// how many have come since the last report.
    pub(super) fn noise(&mut self, now: Timestamp) -> Option<u32> {
        match &mut self.noise {
            Some((at, more)) if *at <= now && now.duration_since(*at).as_secs() < 60 => {
                *more = more.saturating_add(1);
                None
            }
            noise => noise.replace((now, 0)).map(|(_, more)| more).or(Some(0)),
        }
    }

    /// Returns the end of the current lockout, if any.
    pub(super) fn paused(&self, now: Timestamp) -> Option<Timestamp> {
        self.pause.filter(|it| it.since <= now && now < it.until).map(|it| it.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + milliseconds).unwrap()
    }

    fn hash(byte: u8) -> Option<CodeHash> {
        Some(CodeHash::from_bytes([byte; 16]))
    }

    #[test]
    fn a_fob_that_is_held_there_is_one_reading() {
        let mut reader = Reader::default();
        assert_eq!(reader.admit(hash(1), at(0)), Admit::Decide);
        for tick in 1..50 {
            assert_eq!(reader.admit(hash(1), at(tick * 1000)), Admit::Same);
        }
        assert_eq!(reader.admit(hash(1), at(50_500)), Admit::Decide, "it was taken away");
        assert_eq!(reader.admit(hash(2), at(50_600)), Admit::Decide, "another one");
        assert_eq!(reader.admit(hash(1), at(50_700)), Admit::Decide);
        assert_eq!(reader.admit(None, at(50_700)), Admit::Decide, "a passcode is not held");
        assert_eq!(reader.admit(None, at(50_700)), Admit::Decide);
        assert_eq!(reader.admit(hash(1), at(0)), Admit::Decide, "the clock was set back");
    }

    #[test]
    fn too_many_wrong_codes_make_it_pause_longer_and_longer() {
        let (mut reader, patience) = (Reader::default(), Patience::default());
        for wrong in 0..4 {
            assert_eq!(reader.wrong(patience, at(wrong)), None);
        }
        let mut now = 5;
        for seconds in [10, 20, 40, 80, 160, 320, 320, 320] {
            let until = reader.wrong(patience, at(now)).unwrap();
            assert_eq!(until, at(now + seconds * 1000));
            assert_eq!(reader.admit(None, at(now + 1)), Admit::Paused(until, true));
            assert_eq!(reader.admit(None, at(now + 2)), Admit::Paused(until, false));
            now += seconds * 1000;
            assert_eq!(reader.admit(None, at(now)), Admit::Decide);
        }
        reader.right();
        assert_eq!(reader.wrong(patience, at(now)), None);
    }

    #[test]
    fn wrong_codes_are_forgotten_in_time_and_do_not_count_where_nobody_counts() {
        let (mut reader, patience) = (Reader::default(), Patience::default());
        for wrong in 0..40 {
            assert_eq!(reader.wrong(patience, at(wrong * 16 * 60_000)), None);
        }
        let patience = Patience { wrong_codes: 0, ..patience };
        assert!((0..40).all(|wrong| reader.wrong(patience, at(wrong)).is_none()));
    }

    #[test]
    fn noise_is_told_once_a_minute() {
        let mut reader = Reader::default();
        assert_eq!(reader.noise(at(0)), Some(0));
        assert!((1..1000).all(|at_| reader.noise(at(at_)).is_none()));
        assert_eq!(reader.noise(at(60_000)), Some(999));
    }

    #[test]
    fn a_passcode_counts_just_after_a_fob_of_the_same_member() {
        let mut reader = Reader::default();
        let [ada, grace] = [1, 2].map(|id| MemberId::new(id).ok());
        assert!(!reader.had_fob_of(ada, at(0)));
        reader.note_fob(ada.unwrap(), at(0));
        assert!(reader.had_fob_of(ada, at(10_000)) && !reader.had_fob_of(ada, at(10_001)));
        assert!(!reader.had_fob_of(grace, at(1)) && !reader.had_fob_of(None, at(1)));
    }
}
