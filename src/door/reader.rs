//! One reader as the door sees it: its recent readings, its wrong codes, its lockout.

use jiff::{SignedDuration, Timestamp};

use super::guesses::Guesses;
use crate::domain::model::{CodeHash, CredentialType, MemberId};

/// A fob seen again within this time counts as held to the reader continuously.
const HELD: SignedDuration = SignedDuration::from_millis(1500);

/// More fobs do not lie on a reader together.
const MOST: usize = 16;

/// How long after a fob its member's passcode counts, at a facility that needs the fob first.
const FOB_FIRST: SignedDuration = SignedDuration::from_secs(10);

/// What is remembered about a reader.
#[derive(Debug, Default)]
pub(super) struct ReaderState {
    /// The fobs seen lately, and when each was seen last.
    seen: Vec<(CodeHash, Timestamp)>,
    /// The member holder fob was last read, and when.
    fob: Option<(MemberId, Timestamp)>,
    /// Wrong fobs, and wrong passcodes: guessing one type does not lock out the other.
    guesses: [Guesses; 2],
    /// When something that is not a code was last reported, and how many followed unreported.
    noise: Option<(Timestamp, u32)>,
}

impl ReaderState {
    /// Tells whether a reading is of the fob that is being held there. Takes a fob's hash, or
    /// `None` for what cannot be held to a reader.
    pub(super) fn is_repeat(&mut self, fob: Option<CodeHash>, now: Timestamp) -> bool {
        let Some(hash) = fob else { return false };
        let lately = |at: Timestamp| at <= now && now.duration_since(at) < HELD;
        // Fobs that lie there together are read in turns.
        self.seen.retain(|(_, at)| lately(*at));
        if let Some((_, at)) = self.seen.iter_mut().find(|(seen, _)| *seen == hash) {
            *at = now;
            return true;
        }
        if self.seen.len() >= MOST {
            self.seen.remove(0);
        }
        self.seen.push((hash, now));
        false
    }

    /// Returns the wrong codes of a type.
    pub(super) fn guesses(&mut self, kind: CredentialType) -> &mut Guesses {
        let [fobs, passcodes] = &mut self.guesses;
        match kind {
            CredentialType::Fob => fobs,
            CredentialType::Passcode => passcodes,
        }
    }

    /// Returns the types of credential that are locked out, and until when.
    pub(super) fn lockouts(
        &self,
        now: Timestamp,
    ) -> impl Iterator<Item = (CredentialType, Timestamp)> {
        let kinds = [CredentialType::Fob, CredentialType::Passcode];
        let pairs = kinds.into_iter().zip(&self.guesses);
        pairs.filter_map(move |(kind, guesses)| Some((kind, guesses.lockout_end(now)?)))
    }

    /// Records that a member's fob was read.
    pub(super) fn note_fob(&mut self, member: MemberId, now: Timestamp) {
        self.fob = Some((member, now));
    }

    /// Tells whether a member's fob was read just before.
    pub(super) fn had_fob_of(&self, member: Option<MemberId>, now: Timestamp) -> bool {
        self.fob.is_some_and(|(holder, at)| {
            Some(holder) == member && at <= now && now.duration_since(at) <= FOB_FIRST
        })
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
        let mut reader = ReaderState::default();
        assert!(!reader.is_repeat(hash(1), at(0)));
        assert!((1..50).all(|tick| reader.is_repeat(hash(1), at(tick * 1000))));
        assert!(!reader.is_repeat(hash(1), at(50_500)), "it was taken away");
        assert!(!reader.is_repeat(hash(2), at(50_600)), "another one");
        assert!(reader.is_repeat(hash(1), at(50_700)), "both lie there");
        assert!(
            (0..50).all(
                |tick| reader.is_repeat(hash(1 + tick % 2), at(50_800 + 250 * i64::from(tick)))
            )
        );
        assert!(!reader.is_repeat(None, at(50_700)), "a passcode is not held");
        assert!(!reader.is_repeat(None, at(50_700)));
        assert!(!reader.is_repeat(hash(1), at(0)), "the clock was set back");
        assert!((10..=255).all(|byte| !reader.is_repeat(hash(byte), at(1))));
        assert!(reader.seen.len() <= MOST);
    }

    #[test]
    fn noise_is_reported_once_a_minute() {
        let mut reader = ReaderState::default();
        assert_eq!(reader.noise(at(0)), Some(0));
        assert!((1..1000).all(|at_| reader.noise(at(at_)).is_none()));
        assert_eq!(reader.noise(at(60_000)), Some(999));
    }

    #[test]
    fn a_passcode_counts_just_after_a_fob_of_the_same_member() {
        let mut reader = ReaderState::default();
        let [ada, grace] = [1, 2].map(|id| MemberId::new(id).ok());
        assert!(!reader.had_fob_of(ada, at(0)));
        reader.note_fob(ada.unwrap(), at(0));
        assert!(reader.had_fob_of(ada, at(10_000)) && !reader.had_fob_of(ada, at(10_001)));
        assert!(!reader.had_fob_of(grace, at(1)) && !reader.had_fob_of(None, at(1)));
    }
}
