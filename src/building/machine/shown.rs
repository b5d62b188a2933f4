//! What others were shown last, so that they are only told what has changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

/// What others were shown last.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// What was published on a topic, and when.
    published: BTreeMap<String, (String, Timestamp)>,
    /// The devices that Home Assistant knows.
    announced: BTreeSet<String>,
    /// When the topics to receive were last said.
    pub(super) subscribed: Option<Timestamp>,
    /// When the state was last written, and whether something happened since then.
    pub(super) state: Option<Timestamp>,
    pub(super) news: bool,
}

impl Shown {
    /// Forgets what was published, so that all of it is published again.
    pub(super) fn forget(&mut self) {
        self.published.clear();
    }

    /// Forgets what was published about doors.
    pub(super) fn forget_doors(&mut self) {
        self.published.retain(|topic, _| !topic.contains("/door/"));
    }

    /// Takes over which devices are announced, and returns those that are no more.
    pub(super) fn announce(&mut self, ids: BTreeSet<String>) -> Vec<String> {
        let gone = self.announced.difference(&ids).cloned().collect();
        self.announced = ids;
        gone
    }

    pub(super) fn is_announced(&self, id: &str) -> bool {
        self.announced.contains(id)
    }

    /// Tells whether something is to be published: it is new and was not published just now, or it
    /// was published too long ago.
    pub(super) fn is_due(
        &mut self,
        topic: &str,
        payload: &str,
        now: Timestamp,
        least: SignedDuration,
        again: Option<SignedDuration>,
    ) -> bool {
        let due = self.published.get(topic).is_none_or(|(old, at)| {
            let passed = now.duration_since(*at).abs();
            old != payload && passed >= least || again.is_some_and(|again| passed >= again)
        });
        if due {
            self.published.insert(topic.to_owned(), (payload.to_owned(), now));
        }
        due
    }
}
