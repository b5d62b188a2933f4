//! In any sequence of events, a strike is unlocked exactly while something keeps it unlocked.

use std::sync::Arc;

use jiff::Timestamp;
use proptest::{collection::vec, prelude::*};
use serde_json::json;
use space::{
    config::LockoutSettings,
    domain::access::Index,
    door::{
        Machine,
        event::{Effect, Event},
        layout::MachineLayout,
    },
};

use crate::support::{
    ADA, GRACE, STRANGER, at, calendar, enter, in_force, index, leave, plan, slug, wake,
};

const UNLOCK: i64 = 5;

#[derive(Clone, Debug)]
enum Step {
    Enter(&'static str),
    Leave(&'static str),
    Swap(usize),
    Trouble,
    Tick,
    Stop,
}

fn step() -> impl Strategy<Value = Step> {
    let who = prop::sample::select(vec![ADA, GRACE, STRANGER]);
    prop_oneof![
        6 => who.clone().prop_map(Step::Enter),
        2 => who.prop_map(Step::Leave),
        2 => (0..4_usize).prop_map(Step::Swap),
        1 => Just(Step::Trouble),
        2 => Just(Step::Tick),
        1 => prop::bool::weighted(0.3).prop_map(|stop| if stop { Step::Stop } else { Step::Tick }),
    ]
}

/// The records that may be in force: with a hold, with one that waits for a grant, with neither,
/// and with nobody admitted at all.
fn indexes() -> [Arc<Index>; 4] {
    let base = ("base", json!({ "priority": 1, "timespec": "always" }));
    let hold = json!({ "priority": -1, "timespec": calendar(&[(20, 40), (60, 70)]) });
    let armed = json!({
        "priority": -1, "arm": "first-grant", "timespec": calendar(&[(10, 50), (55, 90)]),
    });
    [
        index(1, std::slice::from_ref(&base)),
        index(2, &[base.clone(), ("hold", hold)]),
        index(3, &[base, ("armed", armed)]),
        index(4, &[]),
    ]
}

/// What should keep the door unlocked, according to the list of all events.
#[derive(Default)]
struct Expected {
    index: usize,
    grants: Vec<(&'static str, i64)>,
    armed: Option<i64>,
    stopped: bool,
}

impl Expected {
    fn note(&mut self, step: &Step, now: i64) {
        match step {
            Step::Enter(who) if *who != STRANGER && self.index != 3 && !self.stopped => {
                self.grants.push((who, now));
                let event = self.armed_event(now);
                if let Some((start, _)) = event
                    && self.armed.is_none_or(|at| at < start)
                {
                    self.armed = Some(now);
                }
            }
            Step::Leave(who) if !self.stopped => self.grants.retain(|(it, _)| it != who),
            Step::Swap(to) => self.index = *to,
            Step::Stop => self.stopped = true,
            _ => {}
        }
    }

    fn armed_event(&self, now: i64) -> Option<(i64, i64)> {
        let events = [(10, 50), (55, 90)];
        events.into_iter().find(|(start, end)| self.index == 2 && *start <= now && now < *end)
    }

    fn open(&self, now: i64) -> bool {
        let granted = self.grants.iter().any(|(_, at)| now < at + UNLOCK);
        let held = match self.index {
            1 => [(20, 40), (60, 70)].iter().any(|(start, end)| *start <= now && now < *end),
            2 => self
                .armed_event(now)
                .is_some_and(|(start, end)| self.armed.is_some_and(|at| start <= at && at < end)),
            _ => false,
        };
        !self.stopped && (granted || held)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_strike_is_unlocked_exactly_while_something_keeps_it_so(
        events in vec((0..9_i64, step()), 1..40),
    ) {
        let indexes = indexes();
        let patience = LockoutSettings { wrong_codes: 0, ..LockoutSettings::default() };
        let mut machine = Machine::new(MachineLayout { patience, ..plan(&[slug("frontdoor")]) });
        let mut expected = Expected::default();
        let mut open = false;
        let mut next = follow(&mut open, &machine.handle(in_force(&indexes[0]), at(0)));
        let mut now = 0;
        for (later, step) in events {
            // Like the real loop: it is called when it asked to be, and at every event.
            let then = now + later;
            while let Some(at) = next.filter(|it| *it <= at(then)) {
                next = follow(&mut open, &machine.handle(Event::Tick, at));
                let seconds = at.duration_since(crate::support::at(0)).as_secs();
                prop_assert_eq!(open, expected.open(seconds), "woken at {}", seconds);
            }
            now = then;
            expected.note(&step, now);
            let event = match step {
                Step::Enter(who) => enter(who),
                Step::Leave(who) => leave(who),
                Step::Swap(to) => in_force(&indexes[to]),
                Step::Trouble => Event::Trouble("trouble".into()),
                Step::Tick => Event::Tick,
                Step::Stop => Event::Stop,
            };
            next = follow(&mut open, &machine.handle(event, at(now)));
            prop_assert_eq!(open, expected.open(now), "at {}", now);
        }
    }
}

/// Moves the strike, and returns when the machine wants to be called.
fn follow(open: &mut bool, effects: &[Effect]) -> Option<Timestamp> {
    for effect in effects {
        match effect {
            Effect::Unlock(_) => *open = true,
            Effect::Lock(_) => *open = false,
            _ => {}
        }
    }
    effects.iter().any(|it| matches!(it, Effect::WakeAt(_))).then(|| wake(effects))
}
