//! Sends what waits: one at a time to each place, in order, as fast as the chat allows, and never twice.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Event, Job, Machine, Place, Waiting};
use crate::{
    domain::model::Slug,
    integrations::chat::{Arrived, ChatError, Outgoing},
};

/// The time between two posts to one place in the long run; Slack allows about one in a second.
const PACE: SignedDuration = SignedDuration::from_millis(1_100);

/// How far posts may be ahead of that: three may follow each other at once, as Slack allows for a short
/// while. If a chat wants it slower, it says so.
const AHEAD: SignedDuration = SignedDuration::from_millis(2_200);

/// When to try again what a chat did not answer.
const SOON: SignedDuration = SignedDuration::from_secs(10);

/// When to try again what a chat refused: somebody may invite the app, or correct the token.
const LATER: SignedDuration = SignedDuration::from_mins(10);

/// After this time something is no news any more, and is given up.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// Returns for how long a chat is left alone that asks for it: an hour at most.
fn quiet(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX).clamp(1, 3_600))
}

impl Machine {
    /// Sends what may be sent now.
    pub(super) fn dispatch(&mut self, now: Timestamp) {
        let mut busy: BTreeSet<(Slug, Place)> = BTreeSet::new();
        let mut stale = Vec::new();
        for it in &mut self.outbox.waiting {
            let place = (it.chat.clone(), it.place.clone());
            let in_flight = self.flights.contains(&it.key);
            if !in_flight && now.duration_since(it.since) >= STALE {
                stale.push(it.key.clone());
                continue;
            }
            // Whatever waits for a place waits for what came before it.
            if !busy.insert(place.clone()) || in_flight {
                continue;
            }
            let paced =
                self.pace.get(&place).is_some_and(|until| until.duration_since(now) > AHEAD);
            if paced || it.next.is_some_and(|next| now < next) {
                continue;
            }
            // It may have arrived: then look first.
            let look_since = it.sent;
            it.sent.get_or_insert(now);
            self.changed = true;
            self.flights.insert(it.key.clone());
            let outgoing = Outgoing {
                key: it.key.clone(),
                to: it.place.to(),
                text: it.text.clone(),
                buttons: it.buttons.clone(),
            };
            self.effects.push(Effect::Post(Job { chat: it.chat.clone(), outgoing, look_since }));
        }
        for key in stale {
            let words = "it is no news any more".to_owned();
            self.give_up(&key, Some(words));
        }
    }

    /// Takes what became of a post.
    pub(super) fn posted(&mut self, key: &str, outcome: Result<(), ChatError>, now: Timestamp) {
        self.flights.remove(key);
        let Some(it) = self.outbox.waiting.iter_mut().find(|it| it.key == key) else { return };
        let chat = it.chat.clone();
        self.changed = true;
        let after = |span: SignedDuration| Some(now.saturating_add(span).unwrap_or(Timestamp::MAX));
        match outcome {
            Ok(()) => {
                self.arrive(key, now);
                self.trouble(chat.as_str(), None);
            }
            Err(ChatError::Busy { seconds }) => {
                (it.sent, it.next) = (None, after(quiet(seconds))); // it was not posted
            }
            Err(ChatError::Down(words)) => {
                (it.next, it.trouble) = (after(SOON), Some(words.clone()));
                self.trouble(chat.as_str(), Some(words));
            }
            Err(ChatError::Denied(words) | ChatError::Refused(words)) => {
                (it.sent, it.next) = (None, after(LATER));
                it.trouble = Some(words.clone());
                self.trouble(chat.as_str(), Some(words));
            }
        }
    }

    /// Takes whether a post arrived that was sent without an answer.
    pub(super) fn arrived(
        &mut self,
        key: &str,
        outcome: Result<Arrived, ChatError>,
        now: Timestamp,
    ) {
        self.flights.remove(key);
        let Some(it) = self.outbox.waiting.iter_mut().find(|it| it.key == key) else { return };
        self.changed = true;
        match outcome {
            Ok(Arrived::Yes) => self.arrive(key, now),
            Ok(Arrived::No) => (it.sent, it.next) = (None, None),
            Ok(Arrived::Unknown) => {
                let words = "there was no answer, and the chat does not tell whether it arrived";
                self.give_up(key, Some(words.to_owned()));
            }
            Err(error) => {
                let span = match error {
                    ChatError::Busy { seconds } => quiet(seconds),
                    ChatError::Down(_) => SOON,
                    ChatError::Denied(_) | ChatError::Refused(_) => LATER,
                };
                it.next = Some(now.saturating_add(span).unwrap_or(Timestamp::MAX));
                it.trouble = Some(error.to_string());
                let chat = it.chat.clone();
                self.trouble(chat.as_str(), Some(error.to_string()));
            }
        }
    }

    fn arrive(&mut self, key: &str, now: Timestamp) {
        self.count += 1;
        if let Some(it) = self.remove(key) {
            let (chat, place) = (it.chat, it.place);
            let shown = place.shown();
            self.pace.retain(|_, until| now < *until);
            let until = self.pace.entry((chat.clone(), place)).or_insert(now);
            *until = until.saturating_add(PACE).unwrap_or(Timestamp::MAX);
            self.tell(Event::Posted { chat, place: shown });
        }
    }

    fn give_up(&mut self, key: &str, words: Option<String>) {
        if let Some(it) = self.remove(key) {
            let words = it.trouble.or(words).unwrap_or_default();
            self.tell(Event::GivenUp { chat: it.chat, place: it.place.shown(), words });
        }
    }

    fn remove(&mut self, key: &str) -> Option<Waiting> {
        self.changed = true;
        let at = self.outbox.waiting.iter().position(|it| it.key == key)?;
        Some(self.outbox.waiting.remove(at))
    }
}
