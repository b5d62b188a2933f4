//! Logins that are under way, each known to one browser only and used once. A restart forgets them;
//! whoever was at it tries again.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{domain::model::Slug, integrations::identity::Handshake};

/// How long somebody may take at the other service.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// How many logins may be under way; with more, the oldest are forgotten.
const MOST: usize = 4096;

/// A login that is under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Underway {
    /// The service.
    pub(super) service: Slug,
    /// What was sent there.
    pub(super) handshake: Handshake,
    /// The page to go to afterwards.
    pub(super) to: String,
    since: Timestamp,
}

/// The logins that are under way, by the hash of what their browsers keep.
#[derive(Default)]
pub(super) struct Handshakes(HashMap<[u8; 32], Underway>);

impl Handshakes {
    /// Begins one, and returns what the browser has to keep.
    pub(super) fn begin(
        &mut self,
        service: Slug,
        redirect: String,
        to: String,
        now: Timestamp,
    ) -> (String, Handshake) {
        if self.0.len() >= MOST {
            self.0.retain(|_, it| it.is_fresh(now));
        }
        if self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, it)| it.since).map(|(key, _)| *key);
            oldest.map(|key| self.0.remove(&key));
        }
        let [id, state, nonce, verifier] = std::array::from_fn(|_| random());
        let handshake = Handshake { state, nonce, verifier, redirect };
        let underway = Underway { service, handshake: handshake.clone(), to, since: now };
        self.0.insert(hash(&id), underway);
        (id, handshake)
    }

    /// Takes the one that a browser keeps, if it is for this service and state and not too old. It is
    /// forgotten in any case.
    pub(super) fn take(
        &mut self,
        id: &str,
        service: &str,
        state: &str,
        now: Timestamp,
    ) -> Option<Underway> {
        let underway = self.0.remove(&hash(id))?;
        let fits = underway.service.as_str() == service
            && underway.handshake.state == state
            && underway.is_fresh(now);
        fits.then_some(underway)
    }
}

impl Underway {
    fn is_fresh(&self, now: Timestamp) -> bool {
        (SignedDuration::ZERO..LONGEST).contains(&now.duration_since(self.since))
    }
}

fn hash(id: &str) -> [u8; 32] {
    *blake3::hash(id.as_bytes()).as_bytes()
}

/// Makes a text that nobody guesses: 244 random bits.
fn random() -> String {
    [Uuid::new_v4(), Uuid::new_v4()].map(|it| it.simple().to_string()).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn begin(all: &mut Handshakes, at: Timestamp) -> (String, Handshake) {
        all.begin("github".parse().unwrap(), "https://a/back".into(), "/profile".into(), at)
    }

    #[test]
    fn a_login_goes_on_once_in_its_own_browser_by_its_own_service() {
        let mut all = Handshakes::default();
        let (id, sent) = begin(&mut all, NOW);
        assert!(all.take(&id, "github", &sent.state, NOW).is_some());
        assert!(all.take(&id, "github", &sent.state, NOW).is_none(), "replayed");
        let (other, _) = begin(&mut all, NOW);
        let (id, sent) = begin(&mut all, NOW);
        assert!(all.take(&other, "github", &sent.state, NOW).is_none(), "another browser");
        assert!(all.take("", "github", &sent.state, NOW).is_none(), "a browser without one");
        assert!(all.take(&id, "google", &sent.state, NOW).is_none(), "another service");
        assert!(all.take(&id, "github", &sent.state, NOW).is_none(), "after a wrong one");
    }

    #[test]
    fn whoever_takes_too_long_begins_again() {
        let mut all = Handshakes::default();
        for late in [LONGEST, -SignedDuration::from_secs(1)] {
            let (id, sent) = begin(&mut all, NOW);
            assert!(all.take(&id, "github", &sent.state, NOW + late).is_none());
        }
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let mut all = Handshakes::default();
        let (first, sent) = begin(&mut all, NOW);
        for _ in 0..2 * MOST {
            begin(&mut all, NOW + SignedDuration::from_secs(1));
        }
        assert_eq!(all.0.len(), MOST);
        assert!(all.take(&first, "github", &sent.state, NOW).is_none(), "the oldest goes");
    }

    #[test]
    fn what_is_sent_is_what_the_standards_ask_for() {
        let (_, it) = begin(&mut Handshakes::default(), NOW);
        assert!((43..=128).contains(&it.verifier.len()));
        assert!(it.state != it.nonce && it.nonce != it.verifier);
    }
}
