//! Counts what somebody did within an hour, so that nobody does it too often.

use std::{collections::HashMap, net::IpAddr};

use jiff::{SignedDuration, Timestamp};

/// The length of a count.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// How many counts are kept.
const MOST: usize = 10_000;

/// Counts by a text, of which only the hash is kept.
#[derive(Default)]
pub(in crate::web::members) struct Brake(HashMap<[u8; 32], (Timestamp, u32)>);

impl Brake {
    /// Counts, and tells whether it may be done: so many times an hour.
    pub(in crate::web::members) fn allows(
        &mut self,
        what: &str,
        most: u32,
        now: Timestamp,
    ) -> bool {
        let is_over =
            |since: Timestamp| !(SignedDuration::ZERO..HOUR).contains(&now.duration_since(since));
        if self.0.len() >= MOST {
            self.0.retain(|_, (since, _)| !is_over(*since));
        }
        let key = *blake3::hash(what.as_bytes()).as_bytes();
        // With that many, those whom nobody knows yet wait.
        if self.0.len() >= MOST && !self.0.contains_key(&key) {
            return false;
        }
        let (since, count) = self.0.entry(key).or_insert((now, 0));
        if is_over(*since) {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= most
    }
}

/// Returns what stands for whoever has an address: in IPv6, a household has 2^64 of them.
pub(in crate::web::members) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(it) => IpAddr::V6((it.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn so_many_times_an_hour_and_no_more() {
        let mut brake = Brake::default();
        let allowed: Vec<bool> = (0..4).map(|_| brake.allows("ada", 2, NOW)).collect();
        assert_eq!(allowed, [true, true, false, false]);
        assert!(brake.allows("bob", 2, NOW));
        assert!(brake.allows("ada", 2, NOW + HOUR));
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let mut brake = Brake::default();
        for it in 0..2 * MOST {
            brake.allows(&it.to_string(), 1, NOW);
        }
        assert_eq!(brake.0.len(), MOST);
        assert!(brake.allows("somebody else", 1, NOW + HOUR), "after an hour there is room");
    }

    #[test]
    fn a_household_is_one() {
        let of = |text: &str| household(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
