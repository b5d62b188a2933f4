//! How often something may happen: so many times within a while, counted for each of many.

use std::{collections::HashMap, hash::Hash, net::IpAddr};

use jiff::{SignedDuration, Timestamp};

/// How many are counted at the same time; beyond, whoever is new has to wait.
const MOST: usize = 10_000;

/// How often something happened, and since when it is counted.
#[derive(Debug)]
pub(in crate::web) struct Limits<K> {
    most: u32,
    within: SignedDuration,
    counted: HashMap<K, (Timestamp, u32)>,
}

impl<K: Eq + Hash> Limits<K> {
    /// Allows something so many times within a while.
    pub(in crate::web) fn new(most: u32, within: SignedDuration) -> Self {
        Self { most, within, counted: HashMap::new() }
    }

    /// Counts once more, and tells whether that is allowed.
    pub(in crate::web) fn take(&mut self, key: K, now: Timestamp) -> bool {
        let within = self.within;
        let is_over = |since: Timestamp| {
            let age = now.duration_since(since);
            age < SignedDuration::ZERO || age >= within
        };
        if self.counted.len() >= MOST && !self.counted.contains_key(&key) {
            self.counted.retain(|_, (since, _)| !is_over(*since));
            if self.counted.len() >= MOST {
                return false;
            }
        }
        let (since, count) = self.counted.entry(key).or_insert((now, 0));
        if is_over(*since) {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= self.most
    }
}

/// Returns what stands for whoever has an address: in IPv6, a household has 2^64 of them.
pub(in crate::web) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(it) => IpAddr::V6((it.to_bits() >> 64 << 64).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_times_within_a_while_each() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let hour = SignedDuration::from_hours(1);
        let mut limits = Limits::new(3, hour);
        for _ in 0..3 {
            assert!(limits.take("a", now));
        }
        assert!(!limits.take("a", now) && limits.take("b", now));
        assert!(!limits.take("a", now + hour - SignedDuration::from_secs(1)));
        assert!(limits.take("a", now + hour));
        assert!(limits.take("a", now - hour), "the clock was set back");
    }

    #[test]
    fn memory_is_bounded_and_nobody_gets_around_it() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let mut limits = Limits::new(1, SignedDuration::from_hours(1));
        (0..MOST).for_each(|it| assert!(limits.take(it, now)));
        assert!(!limits.take(MOST, now) && !limits.take(0, now));
        assert_eq!(limits.counted.len(), MOST);
        assert!(limits.take(MOST, now + SignedDuration::from_hours(1)));
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
