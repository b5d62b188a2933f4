//! A clock in doubt.

use serde_json::json;
use space::{
    control::Order,
    domain::model::{AccessResult, Activity},
    door::{
        event::{Event, ScreenLine},
        timekeeper::Doubt,
    },
};

use crate::{
    support::{ADA, at, calendar, enter, in_force, index, journaled, lines, slug},
    wired::Rig,
};

fn doubt() -> Option<Doubt> {
    Some(Doubt::Behind { shows: at(-99), latest: at(0) })
}

#[test]
fn a_doubted_clock_holds_nothing_open_and_people_still_get_in() {
    let mut rig = Rig::new();
    let base = ("base", json!({ "priority": 1, "timespec": "always" }));
    let open = ("open", json!({ "priority": -1, "timespec": calendar(&[(0, 1000)]) }));
    rig.take(in_force(&index(2, &[base, open])));
    assert_eq!(rig.open, [slug("frontdoor")].into());
    let effects = rig.take(Event::Clock(doubt()));
    assert!(lines(&effects).contains(&&ScreenLine::Clock(doubt())));
    assert!(rig.open.is_empty());
    let effects = rig.take(enter(ADA));
    let [Activity { result, doubted, .. }] = journaled(&effects)[..] else { panic!() };
    assert_eq!((result, doubted), (&AccessResult::Granted, &true), "the journal says so");
    rig.wait(5);
    assert!(rig.open.is_empty());
    rig.take(Event::Order(slug("frontdoor"), Order::Hold(None), "Ada".into()));
    assert_eq!(rig.open.len(), 1, "a person needs no clock");
    rig.take(Event::Order(slug("frontdoor"), Order::Release, "Ada".into()));
    rig.take(Event::Clock(None));
    assert_eq!(rig.open, [slug("frontdoor")].into());
}

#[test]
fn who_was_let_in_before_a_restart_still_arms_an_open_house() {
    let armed = |timespec| json!({ "priority": -1, "arm": "first-grant", "timespec": timespec });
    let base = ("base", json!({ "priority": 1, "timespec": "always" }));
    let rows = [base, ("open", armed(calendar(&[(0, 1000)])))];
    let mut before = Rig::new();
    before.take(in_force(&index(2, &rows)));
    let effects = before.take(enter(ADA));
    let mut after = Rig::new();
    after.now = 60;
    after.take(in_force(&index(2, &rows)));
    assert!(after.open.is_empty());
    journaled(&effects).into_iter().for_each(|it| after.machine.remember(it));
    after.take(Event::Tick);
    assert_eq!(after.open, [slug("frontdoor")].into());
}
