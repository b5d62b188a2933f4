//! Slows down who guesses passwords, and nobody else.
//!
//! After a wrong password an address has to wait, twice as long each time. Somebody who guesses one
//! name from many addresses has to wait as well, except at addresses from which that name has
//! logged in before, so that nobody can lock out somebody else.

use std::{
    collections::{HashMap, HashSet},
    net::IpAddr,
};

use jiff::{SignedDuration, Timestamp};

/// How many wrong passwords cost nothing.
const FREE: u32 = 3;

/// The longest wait.
const LONGEST: SignedDuration = SignedDuration::from_secs(60);

/// After how long without a wrong password all is forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_mins(15);

/// How many addresses and names are remembered; beyond, the oldest are forgotten.
const MOST: usize = 10_000;

/// Who guessed, and who did not.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    by_address: HashMap<Option<IpAddr>, Failures>,
    by_name: HashMap<String, Failures>,
    /// From where each name has logged in.
    trusted: HashSet<(String, Option<IpAddr>)>,
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Timestamp,
}

impl Failures {
    /// Returns how long to wait from the last one on.
    fn wait(self) -> SignedDuration {
        let doubled = self.count.saturating_sub(FREE);
        let wait = if doubled == 0 { 0 } else { 1_i64 << doubled.min(10) };
        SignedDuration::from_secs(wait).min(LONGEST)
    }

    fn is_forgotten(self, now: Timestamp) -> bool {
        let age = now.duration_since(self.last);
        age < SignedDuration::ZERO || age >= FORGOTTEN
    }
}

impl Attempts {
    /// Returns how long whoever asks has to wait before a password is looked at; zero if not at all.
    pub(super) fn wait(
        &self,
        name: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> SignedDuration {
        let known = self.trusted.contains(&(name.to_owned(), address));
        let of_name = self.by_name.get(name).filter(|_| !known);
        let all = self.by_address.get(&address).into_iter().chain(of_name);
        let live = all.filter(|it| !it.is_forgotten(now));
        let left = live.map(|it| it.wait() - now.duration_since(it.last));
        left.fold(SignedDuration::ZERO, SignedDuration::max)
    }

    /// Counts a wrong password, and returns how long to wait now.
    pub(super) fn fail(
        &mut self,
        name: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> SignedDuration {
        self.make_room(now);
        let count = |it: &mut Failures| {
            let before = if it.is_forgotten(now) { 0 } else { it.count };
            *it = Failures { count: before.saturating_add(1), last: now };
        };
        let none = Failures { count: 0, last: now };
        count(self.by_address.entry(address).or_insert(none));
        count(self.by_name.entry(name.to_owned()).or_insert(none));
        self.wait(name, address, now)
    }

    /// Notes a right password: this address may go on, and what others do with the name does not
    /// matter here.
    pub(super) fn succeed(&mut self, name: &str, address: Option<IpAddr>) {
        self.by_address.remove(&address);
        if self.trusted.len() < MOST {
            self.trusted.insert((name.to_owned(), address));
        }
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.by_address.len() >= MOST {
            self.by_address.retain(|_, it| !it.is_forgotten(now) && it.count > FREE);
        }
        if self.by_name.len() >= MOST {
            self.by_name.retain(|_, it| !it.is_forgotten(now) && it.count > FREE);
        }
        // Somebody with that many addresses is not stopped by waiting; memory stays bounded.
        if self.by_address.len() >= MOST {
            self.by_address.clear();
        }
        if self.by_name.len() >= MOST {
            self.by_name.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: SignedDuration = SignedDuration::ZERO;

    fn address(last: u32) -> Option<IpAddr> {
        Some(IpAddr::from(last.to_be_bytes()))
    }

    fn second(at: i64) -> Timestamp {
        let start: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        start + SignedDuration::from_secs(at)
    }

    #[test]
    fn each_wrong_password_makes_the_next_one_wait_twice_as_long_up_to_a_minute() {
        let mut attempts = Attempts::default();
        let waits: Vec<i64> =
            (0..11).map(|_| attempts.fail("ada", address(1), second(0)).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(attempts.wait("bob", address(1), second(59)).as_secs(), 1);
        assert_eq!(attempts.wait("bob", address(1), second(60)), ZERO);
        // After a while it begins again, and so it does when the clock is set back.
        for later in [15 * 60, -1] {
            assert_eq!(attempts.clone_for_test().fail("ada", address(1), second(later)), ZERO);
        }
    }

    #[test]
    fn nobody_locks_out_who_logged_in_before_or_another_name() {
        let mut attempts = Attempts::default();
        attempts.succeed("ada", address(1));
        for it in 2..100 {
            attempts.fail("ada", address(it), second(0));
        }
        assert_eq!(attempts.wait("ada", address(1), second(1)), ZERO);
        assert_eq!(attempts.wait("bob", address(200), second(1)), ZERO);
        // From an address that nobody knows, the name that is guessed has to wait.
        assert_eq!(attempts.wait("ada", address(200), second(1)).as_secs(), 59);
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let mut attempts = Attempts::default();
        for it in 0..3 * u32::try_from(MOST).unwrap() {
            attempts.fail(&it.to_string(), address(it), second(0));
        }
        assert!(attempts.by_address.len() <= MOST && attempts.by_name.len() <= MOST);
    }

    impl Attempts {
        fn clone_for_test(&self) -> Self {
            Self {
                by_address: self.by_address.clone(),
                by_name: self.by_name.clone(),
                trusted: self.trusted.clone(),
            }
        }
    }
}
