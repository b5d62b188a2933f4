//! Publishes and shows what has changed.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Effect, Machine, Plan, announce::is_known_there};
use crate::{
    building::home,
    config::{BuildingState, GuardState, ZoneState},
    integrations::mqtt::Outgoing,
};

/// The least time between two values of a meter that are published.
const METER: SignedDuration = SignedDuration::from_secs(10);

/// How often a set point is sent again: a thermostat may have been switched off.
const SET_POINT: SignedDuration = SignedDuration::from_mins(10);

/// How often the state is written, if nothing happens.
const STATE: SignedDuration = SignedDuration::from_secs(30);

/// How often at most, whatever happens.
const OFTEN: SignedDuration = SignedDuration::from_secs(5);

impl Machine {
    /// Publishes what has changed.
    pub(super) fn publish_states(&mut self, now: Timestamp) {
        let Some(plan) = self.plan.clone().filter(|_| self.is_connected()) else { return };
        if self.terms.discovery.is_some() && self.has_new_devices(&plan) {
            self.announce();
        }
        for (message, least, again) in self.states(&plan, now) {
            if self.shown.is_due(&message.topic, &message.payload, now, least, again) {
                self.publish(message);
            }
        }
    }

    fn has_new_devices(&self, plan: &Plan) -> bool {
        let devices = self.devices(plan);
        devices.iter().any(|it| !self.shown.is_announced(it.id()))
    }

    /// Returns all that can be published, each with the least time between two, and after which time
    /// the same is published again.
    fn states(
        &self,
        plan: &Plan,
        now: Timestamp,
    ) -> Vec<(Outgoing, SignedDuration, Option<SignedDuration>)> {
        let topics = &self.terms.topics;
        let mut all = Vec::new();
        let mut state = |topic: String, payload: String| {
            all.push((Outgoing::retained(topic, payload), SignedDuration::ZERO, None));
        };
        for door in &self.doors.all {
            let lock = if door.locked { "LOCKED" } else { "UNLOCKED" };
            state(topics.lock(&door.name), lock.into());
            if let Some(open) = door.open {
                state(topics.contact(&door.name), if open { "ON" } else { "OFF" }.into());
            }
        }
        if let Some(guard) = &self.guard {
            state(topics.guard(), guard_text(guard, now));
        }
        if let Some(people) = self.people {
            let text = json!({
                "number": people.number, "least": people.least, "most": people.most,
            });
            state(topics.people(), text.to_string());
        }
        let alarms: Vec<_> = self.board.raised().collect();
        state(topics.alarms(), json!({ "alarms": alarms }).to_string());
        for zone in self.zones_shown(plan) {
            let cold = zone.temperature.is_some_and(|it| it < zone.wanted);
            let text = json!({
                "wanted": zone.wanted, "temperature": zone.temperature, "why": zone.why,
                "action": if cold { "heating" } else { "idle" },
            });
            state(topics.zone(&zone.zone), text.to_string());
        }
        for (name, meter) in plan.meters.iter().filter(|(_, it)| !is_known_there(it)) {
            let Some(heard) = self.meters.0.get(name) else { continue };
            let value = heard.latest.map(|(value, _)| value).filter(|_| heard.trouble.is_none());
            let payload = home::meter_state(heard.base, value);
            let least = if meter.measures.is_flag() { SignedDuration::ZERO } else { METER };
            all.push((Outgoing::retained(topics.meter(name), payload), least, None));
        }
        for (name, zone) in &plan.zones {
            let Some((point, wanted)) = zone.set_point.as_ref().zip(self.wanted.get(name)) else {
                continue;
            };
            let number = (wanted.temperature * 10.0).round() / 10.0;
            let payload = match &point.key {
                Some(key) => json!({ key: number }).to_string(),
                None => number.to_string(),
            };
            let message = Outgoing::passing(&point.topic, payload);
            all.push((message, SignedDuration::ZERO, Some(SET_POINT)));
        }
        all
    }

    /// Shows the state, if it is time to.
    pub(super) fn show(&mut self, now: Timestamp, news: bool) {
        self.shown.news |= news;
        let least = if self.shown.news { OFTEN } else { STATE };
        if self.shown.state.is_some_and(|at| now.duration_since(at).abs() < least) {
            return;
        }
        (self.shown.state, self.shown.news) = (Some(now), false);
        let plan = self.plan.clone();
        let state = BuildingState {
            started: self.started,
            updated: now,
            broker: self.broker.clone(),
            meters: plan.as_ref().map(|it| self.meters_shown(it)).unwrap_or_default(),
            zones: plan.as_ref().map(|it| self.zones_shown(it)).unwrap_or_default(),
            people: self.people,
            alarms: self.board.raised().cloned().collect(),
            trouble: self.troubles.values().cloned().collect(),
        };
        self.effects.push(Effect::Show(Box::new(state)));
    }

    fn zones_shown(&self, plan: &Plan) -> Vec<ZoneState> {
        let wanted = plan.zones.keys().filter_map(|name| Some((name, self.wanted.get(name)?)));
        wanted
            .map(|(name, wanted)| ZoneState {
                zone: name.clone(),
                wanted: wanted.temperature,
                why: wanted.why.clone(),
                temperature: self.temperature(plan, name),
            })
            .collect()
    }
}

fn guard_text(guard: &GuardState, now: Timestamp) -> String {
    let warmest = guard.thermometers.iter().filter_map(|it| it.temperature).max_by(f64::total_cmp);
    let state = if guard.is_alive(now) { guard.state.as_str() } else { "silent" };
    json!({
        "state": state,
        "cut": state == "cut",
        "reason": guard.reason.as_deref().map(GuardState::words),
        "asked": guard.asked,
        "relay": guard.relay,
        "limit": guard.limit,
        "warmest": warmest,
        "since": guard.since,
    })
    .to_string()
}
