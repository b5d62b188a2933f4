//! Webhooks that were not believed: counted, and told at most once a minute.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    domain::model::Slug,
    store::{Store, StoreError},
};

/// How often they are told of.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// The webhooks of a service that were not believed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Refusals {
    /// How many.
    pub count: u64,
    /// When the last one that is told of came.
    pub last: Option<Timestamp>,
    /// Why that was not believed, in words.
    pub why: String,
    #[serde(skip)]
    untold: u64,
}

impl Refusals {
    /// Reads what is known of a service.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(store: &Store, service: &Slug) -> Result<Self, StoreError> {
        name(service).map_or_else(|| Ok(Self::default()), |name| store.service_state(&name))
    }

    /// Counts one; returns what is to be told, if it is time for that.
    pub fn add(&mut self, service: &Slug, why: &str, now: Timestamp) -> Option<String> {
        self.count += 1;
        self.untold += 1;
        let is_time = |last: Timestamp| now.duration_since(last).abs() >= PAUSE;
        if !self.last.is_none_or(is_time) {
            return None;
        }
        (self.last, self.why) = (Some(now), why.to_owned());
        let more = match std::mem::take(&mut self.untold) {
            0 | 1 => String::new(),
            several => format!(" (and {} before it)", several - 1),
        };
        Some(format!("a webhook that claims to be of {service} is not believed: {why}{more}"))
    }

    /// Keeps what is known.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, store: &Store, service: &Slug) -> Result<(), StoreError> {
        name(service).map_or(Ok(()), |name| store.keep_service_state(&name, self))
    }

    /// Returns a sentence, if there were any.
    #[must_use]
    pub fn sentence(&self, local: impl Fn(Timestamp) -> String) -> Option<String> {
        let last = self.last?;
        let (count, why) = (self.count, &self.why);
        let webhooks = if count == 1 { "webhook was" } else { "webhooks were" };
        Some(format!("{count} {webhooks} not believed, the last on {}: {why}", local(last)))
    }
}

/// The name of the file, which no service can have.
fn name(service: &Slug) -> Option<Slug> {
    format!("{service}-webhooks").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_told_of_once_a_minute() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let stripe: Slug = "stripe".parse().unwrap();
        let mut it = Refusals::default();
        let first = it.add(&stripe, "it has no signature", at("2026-03-02T18:00:00Z")).unwrap();
        assert!(first.contains("stripe is not believed: it has no signature"), "{first}");
        for second in 0..50 {
            let now = at(&format!("2026-03-02T18:00:{second:02}Z"));
            assert_eq!(it.add(&stripe, "its signature is wrong", now), None);
        }
        let next = it.add(&stripe, "its signature is wrong", at("2026-03-02T18:01:00Z")).unwrap();
        assert!(next.contains("(and 50 before it)"), "{next}");
        let said = it.sentence(|at| at.to_string()).unwrap();
        assert!(
            said.starts_with("52 webhooks were not believed, the last on 2026-03-02T18:01"),
            "{said}"
        );
        // A clock that was set back silences nobody.
        assert!(it.add(&stripe, "again", at("2026-03-02T17:00:00Z")).is_some());
    }
}
