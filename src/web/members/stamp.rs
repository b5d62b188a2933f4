//! When a form was shown, so that one that is sent too soon is known to be a program's.

use jiff::{SignedDuration, Timestamp};

/// How long a form can be left open.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// How many digits of the signature are sent.
const DIGITS: usize = 32;

/// Makes stamps and reads them, with a key that this process made up.
pub(in crate::web) struct Stamps([u8; 32]);

/// What a stamp says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::web) enum Age {
    /// A person may have filled in the form.
    Good,
    /// Nobody is so fast.
    TooSoon,
    /// The form is from yesterday, from before this program was started, or from elsewhere.
    Unknown,
}

impl Default for Stamps {
    fn default() -> Self {
        let mut key = [0; 32];
        let (a, b) = key.split_at_mut(16);
        a.copy_from_slice(uuid::Uuid::new_v4().as_bytes());
        b.copy_from_slice(uuid::Uuid::new_v4().as_bytes());
        Self(key)
    }
}

impl Stamps {
    /// Makes a stamp for a form that is shown now.
    pub(in crate::web) fn stamp(&self, now: Timestamp) -> String {
        let second = now.as_second();
        format!("{second}.{}", self.sign(second))
    }

    /// Tells whether a form with this stamp was shown at least so many seconds ago.
    pub(in crate::web) fn age(&self, stamp: &str, least: u8, now: Timestamp) -> Age {
        let Some((second, signature)) = stamp.split_once('.') else { return Age::Unknown };
        let Ok(second) = second.parse::<i64>() else { return Age::Unknown };
        let is_ours =
            blake3::hash(signature.as_bytes()) == blake3::hash(self.sign(second).as_bytes());
        let (true, Ok(shown)) = (is_ours, Timestamp::from_second(second)) else {
            return Age::Unknown;
        };
        let age = now.duration_since(shown);
        if age < SignedDuration::ZERO || age >= LONGEST {
            return Age::Unknown;
        }
        if age < SignedDuration::from_secs(least.into()) { Age::TooSoon } else { Age::Good }
    }

    fn sign(&self, second: i64) -> String {
        let hash = blake3::keyed_hash(&self.0, &second.to_le_bytes()).to_hex();
        hash.as_str().get(..DIGITS).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in_neither_in_a_moment_nor_over_night() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let stamps = Stamps::default();
        let stamp = stamps.stamp(now);
        let after = |seconds| stamps.age(&stamp, 3, now + SignedDuration::from_secs(seconds));
        assert_eq!([after(0), after(2), after(3)], [Age::TooSoon, Age::TooSoon, Age::Good]);
        assert_eq!(
            [after(86_399), after(86_400), after(-1)],
            [Age::Good, Age::Unknown, Age::Unknown]
        );
    }

    #[test]
    fn nobody_else_makes_stamps() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let stamps = Stamps::default();
        let stamp = stamps.stamp(now);
        let earlier = stamp.replacen(&now.as_second().to_string(), "1768000000", 1);
        for wrong in ["", ".", "1768500000", "x.y", &earlier, &Stamps::default().stamp(now)] {
            assert_eq!(stamps.age(wrong, 0, now), Age::Unknown, "{wrong}");
        }
    }
}
