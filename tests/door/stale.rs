//! What a machine does with records of which nothing new has come for days.

use serde_json::{Value, json};
use space::{
    domain::access::Side,
    domain::model::{AccessResult, Code, Reason},
    door::{
        Machine,
        event::{Effect, Event},
    },
};

use crate::support::{
    ADA, at, enter, in_force, index, index_when_stale, journaled, leave, plan, read_at, slug, wake,
};

const DAY: i64 = 24 * 3600;

fn always() -> [(&'static str, Value); 1] {
    [("always", json!({ "priority": 1, "timespec": "always" }))]
}

/// A machine whose records are known to have been current at the beginning.
fn machine(rule: &Value) -> Machine {
    let mut machine = Machine::new(plan(&[]));
    machine.handle(in_force(&index_when_stale(1, &always(), rule)), at(0));
    machine.handle(Event::Heard(at(0)), at(0));
    machine
}

fn result(machine: &mut Machine, event: Event, now: i64) -> (AccessResult, Reason, Option<i32>) {
    let effects = machine.handle(event, at(now));
    let reading = journaled(&effects).into_iter().find(|it| it.kind.is_some()).unwrap();
    (reading.result, reading.reason, reading.required)
}

#[test]
fn after_so_many_days_only_a_higher_priority_gets_in() {
    use AccessResult::{Denied, Exit, Granted};
    let mut door = machine(&json!({ "after_days": 3, "priority": 2 }));
    let suffices = (Granted, Reason::PrioritySuffices, Some(1));
    assert_eq!(result(&mut door, enter(ADA), 3 * DAY - 1), suffices);
    assert_eq!(
        result(&mut door, enter(ADA), 3 * DAY),
        (Denied, Reason::StaleRecords, Some(2)),
        "Ada has priority 1"
    );
    // It moves nothing, and whoever is inside gets out.
    assert!(
        !door.handle(enter(ADA), at(3 * DAY + 10)).contains(&Effect::Unlock(slug("frontdoor")))
    );
    assert_eq!(result(&mut door, leave(ADA), 3 * DAY + 20).0, Exit);
    // Another facility has no such rule.
    let laser = read_at("laser", Side::Entry, Code::fob(ADA).unwrap());
    assert_eq!(result(&mut door, laser, 3 * DAY + 30).0, Granted);
    door.handle(Event::Heard(at(3 * DAY + 40)), at(3 * DAY + 40));
    assert_eq!(result(&mut door, enter(ADA), 3 * DAY + 50), suffices);
}

#[test]
fn a_priority_that_suffices_gets_in_and_without_one_nobody_does() {
    for (priority, expected) in
        [(json!(1), AccessResult::Granted), (json!(null), AccessResult::Denied)]
    {
        let mut door = machine(&json!({ "after_days": 1, "priority": priority }));
        assert_eq!(result(&mut door, enter(ADA), 5 * DAY).0, expected, "{priority}");
    }
}

#[test]
fn without_a_rule_all_that_was_known_last_stays_in_force() {
    let mut door = machine(&Value::Null);
    door.handle(Event::Heard(at(0)), at(0));
    assert_eq!(result(&mut door, enter(ADA), 13 * DAY).0, AccessResult::Granted);
}

#[test]
fn old_records_hold_nothing_unlocked_but_a_person_does() {
    let open = [("open", json!({ "priority": -1, "timespec": "always" }))];
    let rule = json!({ "after_days": 1, "priority": 1 });
    let mut door = Machine::new(plan(&[]));
    door.handle(in_force(&index_when_stale(1, &open, &rule)), at(0));
    door.handle(Event::Heard(at(0)), at(0));
    assert!(door.is_held(&slug("frontdoor")));
    let effects = door.handle(Event::Tick, at(DAY));
    assert!(effects.contains(&Effect::Lock(slug("frontdoor"))), "{effects:?}");
    assert!(wake(&effects) <= at(DAY + 60), "it is tested each minute");
    let hold = space::control::Order::Hold(None);
    let effects = door.handle(Event::Order(slug("frontdoor"), hold, "Warden".into()), at(DAY + 1));
    assert!(effects.contains(&Effect::Unlock(slug("frontdoor"))), "{effects:?}");
}

#[test]
fn the_journal_says_when_records_have_become_old_and_when_they_are_current_again() {
    let mut door = Machine::new(plan(&[slug("frontdoor")]));
    door.handle(in_force(&index(1, &always())), at(0));
    door.handle(Event::Heard(at(0)), at(0));
    let told = |door: &mut Machine, event: Event, now: i64| -> Vec<Reason> {
        let effects = door.handle(event, at(now));
        journaled(&effects).into_iter().map(|it| it.reason).collect()
    };
    assert_eq!(told(&mut door, Event::Tick, DAY), []);
    assert_eq!(told(&mut door, Event::Tick, DAY + 1), [Reason::RecordsOld]);
    assert_eq!(told(&mut door, Event::Tick, DAY + 2), []);
    let effects = door.handle(Event::Heard(at(2 * DAY)), at(2 * DAY));
    let line = journaled(&effects)[0].clone();
    assert_eq!((line.reason, line.result), (Reason::RecordsCurrent, AccessResult::Operated));
    // A door that was started anew does not tell it twice.
    let mut anew = Machine::new(plan(&[slug("frontdoor")]));
    anew.handle(in_force(&index(1, &always())), at(0));
    let mut old = line;
    old.reason = Reason::RecordsOld;
    anew.remember(&old);
    assert_eq!(told(&mut anew, Event::Heard(at(0)), 4 * DAY), []);
    assert_eq!(told(&mut anew, Event::Heard(at(4 * DAY)), 4 * DAY), [Reason::RecordsCurrent]);
}
