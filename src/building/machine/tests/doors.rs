//! Doors, and orders for them.

use super::{World, activity, at, front, on, slug, told};
use crate::{
    building::machine::{Door, Effect, Input, Seen},
    domain::model::{AccessResult, Activity, AlarmKind, Reason},
};

#[test]
fn a_door_is_unlocked_only_if_that_is_allowed_and_asked_for_now() {
    let mut world = World::new();
    let back = Door { name: slug("back"), ..front(true, None) };
    world.tell(Input::Doors(vec![front(true, Some(false)), back]));
    let unlocked =
        |effects: &[Effect]| effects.iter().filter(|it| matches!(it, Effect::Unlock(_))).count();
    let effects = world.message("space/door/front/set", "UNLOCK");
    assert_eq!(unlocked(&effects), 1);
    assert!(effects.contains(&Effect::Unlock(slug("front"))));
    for (topic, payload, retained, words) in [
        ("space/door/front/set", "UNLOCK", true, "retained"),
        ("space/door/back/set", "UNLOCK", false, "does not allow"),
        ("space/door/attic/set", "UNLOCK", false, "no such door"),
        ("space/door/front/set", "LOCK", false, "only be unlocked"),
        ("space/door/front/set", "OPEN", false, "only be unlocked"),
        ("space/door/front/set", "", false, "only be unlocked"),
    ] {
        let effects = world.hear(topic, payload.as_bytes(), retained);
        assert_eq!(unlocked(&effects), 0, "{topic} {payload}");
        assert!(told(&effects)[0].contains(words), "{effects:?}");
        // Whoever sent it sees the door as it is.
        assert_eq!(on(&effects, "space/door/front/lock"), ["LOCKED"]);
    }
}

#[test]
fn a_forced_door_is_an_alarm_until_it_is_closed() {
    let mut world = World::new();
    world.tell(Input::Doors(vec![front(true, Some(true))]));
    let effects = world.tell(Input::Activities(vec![activity(Reason::ForcedOpen, 0)]));
    assert_eq!(told(&effects), ["alarm: door frontdoor was opened while it was locked"]);
    let letters: Vec<_> = effects.iter().filter(|it| matches!(it, Effect::Mail(_))).collect();
    assert_eq!(letters.len(), 1);
    assert!(on(&effects, "space/alarms")[0].contains("door-forced"));
    assert!(on(&effects, "space/alarm")[0].contains("raised"));
    assert!(effects.iter().any(|it| matches!(it, Effect::Remember(_))));
    assert_eq!(told(&world.all(1_800)), [""; 0], "it is told once");
    world.tell(Input::Doors(vec![front(true, Some(false))]));
    let over = "over: door frontdoor was opened while it was locked";
    assert_eq!(told(&world.pass(1)), [over]);
}

#[test]
fn without_a_contact_a_forced_door_is_forgotten_after_half_an_hour() {
    let mut world = World::new();
    world.tell(Input::Activities(vec![activity(Reason::HeldOpen, 0)]));
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 1);
    world.all(1_799);
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 1);
    world.pass(1);
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 0);
}

#[test]
fn what_happened_before_the_start_is_not_published_again() {
    let mut world = World::new();
    let granted = Activity {
        kind: Some(crate::domain::model::CredentialType::Fob),
        ..Activity::new(at(-60), slug("frontdoor"), AccessResult::Granted, Reason::PrioritySuffices)
    };
    let seen = |earlier| Seen { activity: granted.clone(), name: Some("Ada".into()), earlier };
    assert_eq!(on(&world.tell(Input::Activities(vec![seen(true)])), "space/send"), [""; 0]);
    assert_eq!(on(&world.tell(Input::Activities(vec![seen(false)])), "space/send").len(), 1);
}
