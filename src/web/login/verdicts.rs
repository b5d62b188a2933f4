//! Remembers for a while which passwords were right, since finding out takes long.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// For how long a password counts as right without being verified again.
const VALID: SignedDuration = SignedDuration::from_mins(10);

/// How many are remembered.
const MOST: usize = 1_000;

/// Right passwords, as hashes with a key that this process made up and forgets when it ends.
pub(super) struct Verdicts {
    key: [u8; 32],
    right: HashMap<blake3::Hash, Timestamp>,
}

impl Default for Verdicts {
    fn default() -> Self {
        let [a, b] = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()];
        let mut key = [0; 32];
        key[..16].copy_from_slice(a.as_bytes());
        key[16..].copy_from_slice(b.as_bytes());
        Self { key, right: HashMap::new() }
    }
}

impl Verdicts {
    /// Tells whether this name and password were right lately.
    pub(super) fn knows(&self, name: &str, password: &str, now: Timestamp) -> bool {
        let since = self.right.get(&self.hash(name, password));
        since.is_some_and(|at| is_recent(*at, now))
    }

    /// Remembers a right password.
    pub(super) fn remember(&mut self, name: &str, password: &str, now: Timestamp) {
        if self.right.len() >= MOST {
            self.right.retain(|_, at| is_recent(*at, now));
        }
        if self.right.len() < MOST {
            self.right.insert(self.hash(name, password), now);
        }
    }

    fn hash(&self, name: &str, password: &str) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes()).update(password.as_bytes()).finalize()
    }
}

/// Tells whether a moment was a short while ago; not if the clock was set back since.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(at);
    age >= SignedDuration::ZERO && age < VALID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_password_is_known_for_a_while_for_its_name_alone() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let mut verdicts = Verdicts::default();
        verdicts.remember("ada", "bc", now);
        assert!(verdicts.knows("ada", "bc", now));
        assert!(!verdicts.knows("adab", "c", now) && !verdicts.knows("ada", "bcd", now));
        assert!(!verdicts.knows("ada", "bc", now + VALID));
        assert!(!verdicts.knows("ada", "bc", now - SignedDuration::from_secs(1)));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let now: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let mut verdicts = Verdicts::default();
        (0..2 * MOST).for_each(|it| verdicts.remember("ada", &it.to_string(), now));
        assert_eq!(verdicts.right.len(), MOST);
        verdicts.remember("ada", "later", now + VALID);
        assert!(verdicts.knows("ada", "later", now + VALID));
    }
}
