//! One reader as the door sees it: how patient it is, what it was shown a moment ago.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Patience,
    domain::model::{CodeHash, MemberId},
};

/// So long after it was last seen a fob counts as held to the reader all the time.
const HELD: SignedDuration = SignedDuration::from_millis(1500);

/// So long after a fob its member's passcode counts, where it needs one first.
const FOB_FIRST: SignedDuration = SignedDuration::from_secs(10);

/// So long after the last wrong code the earlier ones are forgotten.
const FORGET: SignedDuration = SignedDuration::from_mins(15);

/// The longest pause, in multiples of the first.
const LONGEST: u32 = 32;

/// What a reader remembers.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The fob that was seen last, and when.
    seen: Option<(CodeHash, Timestamp)>,
    /// Whose fob was read last, and when.
    fob: Option<(MemberId, Timestamp)>,
    /// How many wrong codes came one after another, and when the last did.
    wrong: u32,
    last_wrong: Option<Timestamp>,
    pause: Option<Pause>,
    /// When something that is no code was told last, and how much was not told since.
    noise: Option<(Timestamp, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Pause {
    since: Timestamp,
    until: Timestamp,
    told: bool,
}

/// What is to become of a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Admit {
    /// It is to be decided.
    Decide,
    /// It is the fob that is held there all the time.
    Same,
    /// The reader pauses, until then; whether it is the first reading in this pause.
    Paused(Timestamp, bool),
}

impl Reader {
    /// Takes a fob's hash, or nothing for what can't be held to a reader.
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
            // A pause from the future means that the clock was set back: it is over.
            Some(pause) if pause.since <= now && now < pause.until => {
                Admit::Paused(pause.until, !std::mem::replace(&mut pause.told, true))
            }
            _ => Admit::Decide,
        }
    }

    /// Notes that a fob of a member was read.
    pub(super) fn note_fob(&mut self, member: MemberId, now: Timestamp) {
        self.fob = Some((member, now));
    }

    /// Tells whether a fob of a member was read just now.
    pub(super) fn had_fob_of(&self, member: Option<MemberId>, now: Timestamp) -> bool {
        self.fob.is_some_and(|(whose, at)| {
            Some(whose) == member && at <= now && now.duration_since(at) <= FOB_FIRST
        })
    }

    /// Notes a code that is right: the wrong ones before it are forgotten.
    pub(super) const fn right(&mut self) {
        (self.wrong, self.last_wrong) = (0, None);
    }

    /// Notes a code that nobody holds; returns until when the reader pauses, if that is so.
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

    /// Notes something that is no code; returns how much of that came since it was told last, if
    /// it is to be told: once a minute.
    pub(super) fn noise(&mut self, now: Timestamp) -> Option<u32> {
        match &mut self.noise {
            Some((at, more)) if *at <= now && now.duration_since(*at).as_secs() < 60 => {
                *more = more.saturating_add(1);
                None
            }
            noise => noise.replace((now, 0)).map(|(_, more)| more).or(Some(0)),
        }
    }

    /// Returns until when it pauses, if it does.
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
