//! Watches for what is wrong, and says so once.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Effect, Machine, Plan};
use crate::{
    building::Event,
    config::GuardState,
    domain::{
        alarms::{AlarmChange, DueLetter, GuardSeen, Seen, ZoneSeen, conditions},
        model::Quantity,
    },
    integrations::mqtt::Outgoing,
};

/// After which time a letter that could not be sent is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

impl Machine {
    /// Looks what is wrong.
    pub(super) fn watch(&mut self, now: Timestamp) {
        let Some(plan) = self.plan.clone() else { return };
        let local = now.to_zoned(plan.time_zone.clone());
        let before = self.board.clone();
        let seen = Seen {
            now,
            month: local.month().unsigned_abs(),
            guard: self.guard.as_ref().map(|it| guard_seen(it, now)),
            meters: self.meters_seen(&plan),
            zones: self.zones_seen(&plan),
            doors: self.doors.seen(now),
            nobody_in: self.people.is_some_and(|it| it.most == 0),
        };
        let changes = self.board.step(now, conditions(&seen, &plan.rules));
        for change in &changes {
            let (alarm, state) = match change {
                AlarmChange::Raised(alarm) => (alarm, "raised"),
                AlarmChange::Ended(alarm) => (alarm, "ended"),
            };
            let (id, words) = (alarm.id.clone(), alarm.words.clone());
            let text = json!({
                "state": state, "kind": id.kind, "subject": id.subject, "words": words,
                "since": alarm.since,
            });
            self.publish(Outgoing::passing(self.terms.topics.alarm(), text.to_string()));
            self.tell(match change {
                AlarmChange::Raised(_) => Event::Alarm { alarm: id, words },
                AlarmChange::Ended(_) => Event::Over { alarm: id, words },
            });
        }
        self.send_letters(&plan, now);
        if self.board != before {
            self.effects.push(Effect::Remember(self.board.clone()));
        }
        if !changes.is_empty() {
            self.publish_states(now);
            self.show(now, true);
        }
    }

    fn send_letters(&mut self, plan: &Plan, now: Timestamp) {
        let local = now.to_zoned(plan.time_zone.clone()).time();
        let quiet = plan.rules.quiet.is_some_and(|it| it.contain(local));
        for letter in self.board.letters(quiet, &plan.rules) {
            if plan.rules.to.is_empty() {
                self.board.written(&letter); // nobody wants one
                continue;
            }
            let waits = match self.letters.0.get(&letter.alarm.id) {
                Some(None) => true,
                Some(Some(next)) => now < *next,
                None => false,
            };
            if !waits {
                self.letters.0.insert(letter.alarm.id.clone(), None);
                self.effects.push(Effect::Mail(letter));
            }
        }
    }

    /// Takes what became of a letter.
    pub(super) fn mailed(
        &mut self,
        letter: &DueLetter,
        outcome: Result<(), String>,
        now: Timestamp,
    ) {
        let id = &letter.alarm.id;
        match outcome {
            Ok(()) => {
                self.letters.0.remove(id);
                self.board.written(letter);
                self.trouble("mail", None);
                self.effects.push(Effect::Remember(self.board.clone()));
            }
            Err(words) => {
                let next = now.saturating_add(AGAIN).unwrap_or(Timestamp::MAX);
                self.letters.0.insert(id.clone(), Some(next));
                self.trouble("mail", Some(format!("a letter about an alarm: {words}")));
            }
        }
    }

    fn zones_seen(&self, plan: &Plan) -> Vec<ZoneSeen> {
        let one = |name: &crate::domain::model::Slug| {
            let wanted = self.wanted.get(name);
            ZoneSeen {
                name: name.clone(),
                wanted: wanted.map(|it| it.temperature),
                temperature: self.temperature(plan, name),
                heated: wanted.is_some_and(|it| it.heated),
            }
        };
        plan.zones.keys().map(one).collect()
    }

    /// Returns how warm a zone is: the coldest of its thermometers that said something lately.
    pub(super) fn temperature(
        &self,
        plan: &Plan,
        zone: &crate::domain::model::Slug,
    ) -> Option<f64> {
        let own = plan.meters.iter().filter(|(_, meter)| {
            // What is watched for being too warm or too cold is a freezer, not the room.
            let room =
                meter.alarm.as_ref().is_none_or(|it| it.above.is_none() && it.below.is_none());
            let inside = meter.measures == Quantity::Temperature && !meter.outside;
            inside && meter.zone.as_ref() == Some(zone) && room
        });
        let values = own.filter_map(|(name, _)| {
            let heard = self.meters.0.get(name)?;
            heard.trouble.is_none().then_some(heard.latest?.0)
        });
        values.min_by(f64::total_cmp)
    }
}

fn guard_seen(state: &GuardState, now: Timestamp) -> GuardSeen {
    GuardSeen {
        alive: state.is_alive(now),
        cut: state.reason.as_deref().map(|it| GuardState::words(it).to_owned()),
        asked: state.asked,
    }
}
