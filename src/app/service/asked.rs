//! The keys under which steps were asked for and not answered: asked again, they happen once.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::part::Part;
use crate::domain::follow::Step;

/// For how long a key is used again; Stripe keeps them for a day.
const FRESH: SignedDuration = SignedDuration::from_hours(20);

/// The keys, by what was asked.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Asked(BTreeMap<String, Key>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Key {
    key: String,
    at: Timestamp,
}

impl Part for Asked {
    const NAME: &str = "asked";
}

impl Asked {
    /// Makes a key for each step, the same one as before if that was not answered: the process may
    /// have been killed, or the answer been lost, after it happened.
    pub(super) fn prepare<T: Serialize>(&mut self, steps: &[Step<T>], now: Timestamp) {
        let mut before = std::mem::take(&mut self.0);
        for step in steps {
            let what = what(step);
            let is_fresh =
                |it: &Key| (SignedDuration::ZERO..FRESH).contains(&now.duration_since(it.at));
            let key = before.remove(&what).filter(is_fresh);
            let new = || Key { key: Uuid::new_v4().to_string(), at: now };
            self.0.insert(what, key.unwrap_or_else(new));
        }
    }

    /// Returns the key of a step.
    pub(super) fn key<T: Serialize>(&self, step: &Step<T>) -> String {
        self.0.get(&what(step)).map(|it| it.key.clone()).unwrap_or_default()
    }

    /// Forgets the key of a step that was answered, however: the next time it is another request.
    pub(super) fn answered<T: Serialize>(&mut self, step: &Step<T>) {
        self.0.remove(&what(step));
    }
}

/// Returns what a step asks for, without the reason.
fn what<T: Serialize>(step: &Step<T>) -> String {
    let parts = serde_json::to_string(&(step.member, &step.account, &step.action));
    blake3::hash(parts.unwrap_or_default().as_bytes()).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::follow::{Action, Terms};

    fn step(monthly: i64, because: &str) -> Step<Terms> {
        Step {
            member: "0042".parse().unwrap(),
            account: Some("cus_1".to_owned()),
            action: Action::Add { after: Terms { monthly }, from: None },
            because: because.to_owned(),
        }
    }

    #[test]
    fn the_same_step_has_the_same_key_until_it_is_answered_or_a_day_old() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut asked = Asked::default();
        asked.prepare(&[step(2500, "a"), step(3000, "a")], at("2026-03-01T10:00:00Z"));
        let [one, other] = [step(2500, "b"), step(3000, "b")].map(|it| asked.key(&it));
        assert!(one != other && !one.is_empty());
        asked.prepare(&[step(2500, "c")], at("2026-03-02T05:59:00Z"));
        assert_eq!(asked.key(&step(2500, "d")), one);
        assert_eq!(asked.key(&step(3000, "d")), "", "what is no longer wanted is forgotten");
        asked.prepare(&[step(2500, "c")], at("2026-03-02T06:00:00Z"));
        let new = asked.key(&step(2500, "d"));
        assert_ne!(new, one, "too old");
        asked.answered(&step(2500, "x"));
        asked.prepare(&[step(2500, "c")], at("2026-03-02T06:00:01Z"));
        assert_ne!(asked.key(&step(2500, "d")), new, "answered");
    }
}
