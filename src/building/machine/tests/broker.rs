//! What the broker and Home Assistant are told.

use std::sync::Arc;

use super::{World, front, on, plan, published, slug, told};
use crate::{
    building::machine::{Effect, Input},
    integrations::mqtt::{Happening, Outgoing},
};

#[test]
fn a_broker_that_was_gone_for_a_day_hears_everything_again() {
    let mut world = World::new();
    world.message("meter/mains", "10");
    world.tell(Input::Doors(vec![front(true, Some(false))]));
    world.all(20);
    world.tell(Input::Broker(Happening::Lost("the broker is away".into())));
    let away = world.all(86_400);
    assert_eq!(published(&away), Vec::<&Outgoing>::new());
    let effects = world.tell(Input::Broker(Happening::Connected));
    assert_eq!(on(&effects, "space/state"), ["online"]);
    assert_eq!(on(&effects, "space/door/front/lock"), ["LOCKED"]);
    assert_eq!(on(&effects, "space/door/front/contact"), ["OFF"]);
    assert_eq!(on(&effects, "space/meter/mains"), ["10.0"]);
    let devices: Vec<&str> = published(&effects)
        .into_iter()
        .filter(|it| it.topic.ends_with("/config") && it.retain)
        .map(|it| it.topic.as_str())
        .collect();
    for part in ["door_front", "meter_mains", "zone_hall", "alarms_building"] {
        assert!(devices.iter().any(|it| it.contains(part)), "{part} {devices:?}");
    }
    assert!(effects.iter().any(|it| matches!(it, Effect::Subscribe(_))), "subscribed again");
    // The meter fell silent meanwhile: once, with one letter.
    let raised = told(&away).iter().filter(|it| it.contains("mains has said nothing")).count();
    assert_eq!(raised, 1);
}

#[test]
fn when_home_assistant_comes_it_is_told_everything_and_what_is_gone_is_taken_back() {
    let mut world = World::new();
    world.all(20);
    assert_eq!(published(&world.pass(1)), Vec::<&Outgoing>::new(), "nothing has changed");
    let effects = world.message("homeassistant/status", "online");
    assert!(published(&effects).iter().any(|it| it.topic.contains("meter_mains")), "{effects:?}");
    assert_eq!(
        published(&world.message("homeassistant/status", "offline")),
        Vec::<&Outgoing>::new()
    );

    let topic = |id: &str| format!("homeassistant/device/{id}/config");
    let ghost = topic("space_meter_old");
    let effects = world.hear(&ghost, b"{}", true);
    assert_eq!(on(&effects, &ghost), [""]);
    for kept in [topic("space_meter_mains"), topic("zigbee_1")] {
        assert_eq!(published(&world.hear(&kept, b"{}", true)), Vec::<&Outgoing>::new());
    }
    let mut less = plan();
    less.meters.remove(&slug("mains"));
    let effects = world.tell(Input::Plan(Arc::new(less)));
    assert_eq!(on(&effects, &topic("space_meter_mains")), [""]);
}
