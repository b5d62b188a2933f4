//! Counts what somebody did within an hour, so that nobody does it too often.

use std::{collections::HashMap, net::IpAddr};

use jiff::{SignedDuration, Timestamp};

use crate::web::members::limits::{Limits, household};

/// The length of a count.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Counts by what is done, and by who does it, of which only the hash is kept.
#[derive(Default)]
pub(in crate::web::members) struct Brake(HashMap<&'static str, Limits<blake3::Hash>>);

impl Brake {
    /// Counts, and tells whether it may be done: so many times an hour.
    pub(in crate::web::members) fn allows(
        &mut self,
        what: &'static str,
        who: &str,
        most: u32,
        now: Timestamp,
    ) -> bool {
        let limits = self.0.entry(what).or_insert_with(|| Limits::new(most, HOUR));
        limits.take(blake3::hash(who.as_bytes()), now)
    }

    /// Counts by the address from which it is done.
    pub(in crate::web::members) fn allows_from(
        &mut self,
        what: &'static str,
        from: Option<IpAddr>,
        most: u32,
        now: Timestamp,
    ) -> bool {
        let from = from.map(|it| household(it).to_string()).unwrap_or_default();
        self.allows(what, &from, most, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_counted_apart_for_each() {
        let (mut brake, now) = (Brake::default(), Timestamp::UNIX_EPOCH);
        let mut may = |what, who| brake.allows(what, who, 1, now);
        assert!(may("mail", "ada") && !may("mail", "ada"));
        assert!(may("mail", "bob") && may("data", "ada"));
    }
}
