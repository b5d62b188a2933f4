//! The machine, one event at a time.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use space::{
    domain::{
        access::{Index, Side},
        model::{AccessResult, Code, CommitId, Reason, Slug},
    },
    door::{
        Machine,
        event::{Effect, Event, HeldBy, ScreenLine},
    },
};

use crate::support::{
    ADA, GRACE, STRANGER, at, calendar, enter, in_force, index, journaled, leave, lines, plan,
    read_at, slug, wake,
};

/// A machine, and which of its strikes are unlocked.
struct Rig {
    machine: Machine,
    open: BTreeSet<Slug>,
}

impl Rig {
    fn new() -> Self {
        let machine = Machine::new(plan(&[]));
        Self { machine, open: BTreeSet::new() }
    }

    fn with(requirements: &[(&str, Value)]) -> Self {
        let mut rig = Self::new();
        rig.take(0, in_force(&index(1, requirements)));
        rig
    }

    fn take(&mut self, seconds: i64, event: Event) -> Vec<Effect> {
        self.take_at(at(seconds), event)
    }

    fn take_at(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        let effects = self.machine.handle(event, now);
        for effect in &effects {
            match effect {
                Effect::Unlock(slug) => assert!(self.open.insert(slug.clone()), "unlocked twice"),
                Effect::Lock(slug) => drop(self.open.remove(slug)),
                _ => {}
            }
        }
        effects
    }

    fn is_open(&self) -> bool {
        self.open.contains(&slug("frontdoor"))
    }
}

fn base() -> (&'static str, Value) {
    ("base", json!({ "priority": 1, "timespec": "always" }))
}

fn open_house(events: &[(i64, i64)]) -> (&'static str, Value) {
    ("open-house", json!({ "priority": -1, "timespec": calendar(events) }))
}

fn armed_house(events: &[(i64, i64)]) -> (&'static str, Value) {
    let calendar = calendar(events);
    ("open-house", json!({ "priority": -1, "arm": "first-grant", "timespec": calendar }))
}

#[test]
fn a_grant_unlocks_for_five_seconds() {
    let mut rig = Rig::with(&[base()]);
    let effects = rig.take(10, enter(ADA));
    assert!(matches!(effects[0], Effect::Journal(_)), "it is written before anything moves");
    assert_eq!(effects[1], Effect::Unlock(slug("frontdoor")), "nothing else comes before");
    assert_eq!(wake(&effects), at(15));
    let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(
        (activity.result, activity.reason),
        (AccessResult::Granted, Reason::PrioritySuffices)
    );
    assert_eq!((activity.priority, activity.required), (Some(1), Some(1)));
    assert_eq!(activity.commit, CommitId::from_bytes([1; 20]));
    assert_eq!(activity.fob, None, "the number of a fob that somebody holds is not written down");
    rig.take_at(at(15) - SignedDuration::from_nanos(1), Event::Tick);
    assert!(rig.is_open());
    rig.take(15, Event::Tick);
    assert!(!rig.is_open());
}

#[test]
fn a_denial_moves_nothing_and_is_journaled() {
    let mut rig = Rig::with(&[base()]);
    let effects = rig.take(0, enter(STRANGER));
    let [activity] = journaled(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(activity.reason, Reason::UnknownCredential);
    assert_eq!(activity.fob.as_deref(), Some(STRANGER), "so that it can be enrolled");
    assert!(!rig.is_open());
}

#[test]
fn no_effect_contains_a_passcode() {
    let mut rig = Rig::with(&[base()]);
    let code = Code::passcode("4455661").unwrap();
    let effects = rig.take(0, read_at("frontdoor", Side::Entry, code));
    assert_eq!(journaled(&effects).len(), 1);
    assert!(!format!("{effects:?}").contains("4455661"));
    assert!(!serde_json::to_string(journaled(&effects)[0]).unwrap().contains("4455661"));
}

#[test]
fn each_grant_ends_by_its_own_time() {
    let mut rig = Rig::with(&[base()]);
    rig.take(0, enter(ADA));
    let effects = rig.take(3, enter(GRACE));
    assert_eq!(wake(&effects), at(5));
    rig.take(5, Event::Tick);
    assert!(rig.is_open(), "Grace's time has not ended");
    rig.take(8, Event::Tick);
    assert!(!rig.is_open());
}

#[test]
fn an_exit_ends_only_the_credentials_own_pending_unlock() {
    let mut rig = Rig::with(&[base()]);
    rig.take(0, enter(ADA));
    rig.take(1, enter(GRACE));
    let effects = rig.take(2, leave(ADA));
    assert_eq!(journaled(&effects)[0].result, AccessResult::Exit);
    assert!(rig.is_open());
    rig.take(3, leave(STRANGER));
    assert!(rig.is_open());
    rig.take(4, leave(GRACE));
    assert!(!rig.is_open());
}

#[test]
fn one_door_does_not_open_another() {
    let mut rig = Rig::with(&[base()]);
    rig.take(0, read_at("laser", Side::Entry, Code::fob(ADA).unwrap()));
    assert_eq!(rig.open, [slug("laser")].into());
}

#[test]
fn before_any_index_everything_is_locked_and_denied() {
    let mut rig = Rig { machine: Machine::new(plan(&[slug("frontdoor")])), open: BTreeSet::new() };
    let effects = rig.take(0, enter(ADA));
    assert_eq!(journaled(&effects)[0].reason, Reason::UnreadableFacility);
    assert_eq!(journaled(&effects)[0].result, AccessResult::Denied);
    assert!(!rig.is_open());
    assert_eq!(journaled(&rig.take(1, leave(ADA)))[0].result, AccessResult::Exit);
}

#[test]
fn at_the_end_everything_is_locked_and_stays_so() {
    let mut rig = Rig::with(&[("hold", json!({ "priority": -1, "timespec": "always" }))]);
    assert!(rig.is_open());
    let effects = rig.take(1, Event::Stop);
    assert!(effects.contains(&Effect::Lock(slug("frontdoor"))));
    assert!(effects.contains(&Effect::Lock(slug("laser"))), "even what was locked already");
    rig.take(2, enter(ADA));
    rig.take(3, Event::Tick);
    rig.take(4, in_force(&index(2, &[base()])));
    assert!(!rig.is_open());
}

/// See requirements.md D-45.
#[test]
fn a_hold_begins_and_ends_with_its_event() {
    let mut rig = Rig::with(&[base(), open_house(&[(30, 200)])]);
    assert!(!rig.is_open());
    let effects = rig.take(10, Event::Tick);
    assert_eq!(wake(&effects), at(30), "the boundary is nearer than a minute");
    let effects = rig.take(30, Event::Tick);
    assert!(rig.is_open());
    let holder = HeldBy::Requirement("open-house".parse().unwrap());
    let held = ScreenLine::Held(slug("frontdoor"), holder, at(200));
    assert_eq!(lines(&effects), [&held]);
    rig.take(199, Event::Tick);
    assert!(rig.is_open());
    rig.take(200, Event::Tick);
    assert!(!rig.is_open());
}

/// See requirements.md D-46.
#[test]
fn it_looks_again_within_a_minute() {
    let mut rig = Rig::with(&[base()]);
    for event in [Event::Tick, enter(STRANGER), Event::Trouble("x".into())] {
        assert_eq!(wake(&rig.take(100, event)), at(160));
    }
}

#[test]
fn while_held_readings_are_decided_and_journaled() {
    let mut rig = Rig::with(&[base(), open_house(&[(0, 100)])]);
    let effects = rig.take(50, enter(STRANGER));
    assert_eq!(journaled(&effects)[0].result, AccessResult::Denied);
    assert!(rig.is_open());
    let effects = rig.take(98, enter(ADA));
    assert_eq!(journaled(&effects)[0].result, AccessResult::Granted);
    rig.take(99, leave(ADA));
    assert!(rig.is_open(), "an exit ends no hold");
    rig.take(99, enter(ADA));
    rig.take(100, Event::Tick);
    assert!(rig.is_open(), "Ada was let in a second ago");
    rig.take(104, Event::Tick);
    assert!(!rig.is_open());
}

#[test]
fn an_armed_hold_waits_for_the_first_grant_within_its_event() {
    let mut rig = Rig::with(&[base(), armed_house(&[(100, 200), (300, 400)])]);
    rig.take(90, enter(ADA));
    rig.take(100, Event::Tick);
    rig.take(110, Event::Tick);
    assert!(!rig.is_open(), "the grant came before the event");
    rig.take(120, enter(STRANGER));
    assert!(!rig.is_open(), "a denial arms nothing");
    rig.take(130, enter(ADA));
    rig.take(140, Event::Tick);
    assert!(rig.is_open());
    rig.take(200, Event::Tick);
    assert!(!rig.is_open());
    rig.take(300, Event::Tick);
    assert!(!rig.is_open(), "the next event waits for a grant of its own");
    rig.take(310, enter(GRACE));
    rig.take(390, Event::Tick);
    assert!(rig.is_open());
}

#[test]
fn what_is_armed_survives_a_new_commit_and_not_a_revocation() {
    let mut rig = Rig::with(&[base(), armed_house(&[(100, 200)])]);
    rig.take(110, enter(ADA));
    rig.take(120, in_force(&index(2, &[base(), armed_house(&[(100, 250)])])));
    assert!(rig.is_open());
    rig.take(240, Event::Tick);
    assert!(rig.is_open(), "the event was made longer");
    rig.take(241, in_force(&index(3, &[base()])));
    assert!(!rig.is_open());
}

#[test]
fn two_holds_at_once_each_keep_it_open() {
    let second = ("second", json!({ "priority": -2, "timespec": calendar(&[(50, 150)]) }));
    let mut rig = Rig::with(&[base(), open_house(&[(0, 100)]), second]);
    for (seconds, open) in [(0, true), (99, true), (100, true), (149, true), (150, false)] {
        rig.take(seconds, Event::Tick);
        assert_eq!(rig.is_open(), open, "{seconds}");
    }
}

#[test]
fn a_clock_that_is_set_back_leaves_no_door_open() {
    let mut rig = Rig::with(&[base()]);
    rig.take(7200, enter(ADA));
    rig.take(3600, Event::Tick);
    assert!(!rig.is_open());
}

#[test]
fn past_its_horizon_an_index_holds_nothing() {
    let mut rig = Rig::with(&[("hold", json!({ "priority": -1, "timespec": "always" }))]);
    assert!(rig.is_open());
    let end = at(0) + SignedDuration::from_hours(14 * 24);
    let effects = rig.take_at(end - SignedDuration::from_secs(1), Event::Tick);
    assert_eq!(wake(&effects), end);
    rig.take_at(end, Event::Tick);
    assert!(!rig.is_open());
}

#[test]
fn trouble_is_shown_and_changes_nothing() {
    let mut rig = Rig::with(&[base()]);
    let effects = rig.take(1, Event::Trouble("commit 1a2b3c4 cannot be used".into()));
    assert_eq!(lines(&effects), [&ScreenLine::Trouble("commit 1a2b3c4 cannot be used".into())]);
    rig.take(2, enter(ADA));
    assert!(rig.is_open());
}

#[test]
fn a_facility_that_is_not_served_is_not_decided_about() {
    let mut machine = Machine::new(plan(&[slug("laser")]));
    machine.handle(in_force(&index(1, &[base()])), at(0));
    let effects = machine.handle(enter(ADA), at(1));
    assert_eq!(lines(&effects), [&ScreenLine::NotServed(slug("frontdoor"))]);
    assert!(journaled(&effects).is_empty());
}

#[test]
fn a_facility_that_is_removed_is_locked_and_no_longer_served() {
    let mut rig = Rig::with(&[("hold", json!({ "priority": -1, "timespec": "always" }))]);
    assert!(rig.is_open());
    let empty = Arc::new(Index::compile(
        CommitId::default(),
        &space::domain::model::Basis::default(),
        [],
        index(1, &[]).horizon(),
    ));
    rig.take(1, in_force(&empty));
    assert!(rig.open.is_empty());
    rig.take(2, in_force(&empty));
    assert_eq!(rig.machine.doors().count(), 0);
}
