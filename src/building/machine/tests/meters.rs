//! What meters say.

use std::{collections::BTreeSet, sync::Arc};

use super::{World, guard, heated, on, plan, published, recorded, slug, told};
use crate::{building::machine::Input, domain::model::AlarmKind, integrations::mqtt::Happening};

#[test]
fn what_a_meter_says_is_kept_in_the_unit_of_measurements() {
    let mut world = World::new();
    assert_eq!(recorded(&world.message("meter/mains", "412.5")), [("mains".into(), 412.5)]);
    let state = r#"{"id":0,"aenergy":{"total":1500.5}}"#;
    let effects = world.message("plug/status/switch:0", state);
    assert_eq!(recorded(&effects), [("counter".into(), 1_500.5)], "watt-hours");
    assert_eq!(recorded(&world.message("meter/hall", r#"{"t":"21.5"}"#)), [("hall".into(), 21.5)]);
    assert_eq!(recorded(&world.message("meter/skylight", "open")), [("skylight".into(), 1.0)]);
    assert_eq!(recorded(&world.message("meter/other", "1")), []);
    assert_eq!(recorded(&world.message("plug/events/rpc", r#"{"params":{}}"#)), []);
}

#[test]
fn what_cannot_be_is_told_once_and_kept_never() {
    for (topic, payload, words) in [
        ("meter/mains", "NaN", "`NaN` is not a number"),
        ("meter/mains", "1e400", "`1e400` is not a number"),
        ("meter/mains", "-40", "-40 W cannot be"),
        ("meter/mains", "1e9", "cannot be"),
        ("meter/hall", r#"{"t":85.0}"#, "85 °C is what a sensor says that has not measured yet"),
        ("meter/hall", r#"{"t":-127}"#, "-127 °C cannot be"),
        ("meter/hall", r#"{"t":"#, "it is not JSON"),
        ("meter/hall", r#"{"u":1}"#, "there is nothing at `/t`"),
        ("meter/skylight", "ajar", "neither on nor off"),
    ] {
        let mut world = World::new();
        let effects = world.message(topic, payload);
        assert_eq!(recorded(&effects), [], "{payload}");
        let [line] = &told(&effects)[..] else { panic!("{payload}: {effects:?}") };
        assert!(line.contains(words), "{line}");
        assert_eq!(told(&world.message(topic, payload)), [""; 0], "once");
        let good = if topic == "meter/hall" { r#"{"t":20}"# } else { "1" };
        world.now += 1;
        let effects = world.message(topic, good);
        assert_eq!(recorded(&effects).len(), 1);
        assert!(told(&effects)[0].contains("works again"), "{effects:?}");
    }
}

#[test]
fn a_meter_whose_unit_is_another_one_is_told_and_not_kept() {
    let mut world = World::new();
    let mut plan = plan();
    let gas = plan.meters.get_mut(&slug("gas")).unwrap();
    gas.unit = "kWh".parse().unwrap();
    world.tell(Input::Plan(Arc::new(plan)));
    let effects = world.message("zigbee2mqtt/gas", r#"{"gas":12.5}"#);
    assert_eq!(recorded(&effects), []);
    let line = told(&effects).join("\n");
    assert!(line.contains("it says m³, but its record says kWh: correct the record"), "{line}");
}

#[test]
fn what_the_broker_had_kept_is_no_measurement_but_an_open_window_counts() {
    let mut world = World::new();
    let year_old = world.hear("meter/mains", b"9000", true);
    assert_eq!((recorded(&year_old), told(&year_old)), (vec![], vec![]));
    world.hear("meter/skylight", b"ON", true);
    world.hear("meter/mains", b"nonsense", true);
    world.tell(heated(21.0));
    world.all(600);
    assert_eq!(world.machine.alarms(AlarmKind::WindowOpen), 1);
    assert_eq!(world.machine.alarms(AlarmKind::PowerUnused), 0);
}

#[test]
fn a_storm_is_kept_once_a_second_with_its_last_value() {
    let mut world = World::new();
    let mut kept = Vec::new();
    for second in 0..5 {
        for message in 0..1_000 {
            kept.extend(recorded(&world.message("meter/mains", &format!("{second}.{message:03}"))));
        }
        kept.extend(recorded(&world.pass(1)));
    }
    let values: Vec<f64> = kept.iter().map(|(_, value)| *value).collect();
    // The first one, and then the last of each second.
    assert_eq!(values, [0.0, 0.999, 1.999, 2.999, 3.999, 4.999]);
    assert_eq!(world.machine.broker.as_ref().unwrap().received, 5_000);
    // A value is published every ten seconds at most.
    let mut shown = Vec::new();
    for message in 0..60 {
        world.message("meter/mains", &message.to_string());
        let effects = world.pass(1);
        shown.extend(on(&effects, "space/meter/mains").iter().map(|it| it.to_string()));
    }
    assert!((5..=7).contains(&shown.len()), "{shown:?}");
}

#[test]
fn a_payload_that_is_too_large_is_told_with_its_meter() {
    let mut world = World::new();
    let large = Happening::TooLarge { topic: "meter/mains".into(), size: 10_000_000 };
    let effects = world.tell(Input::Broker(large));
    assert_eq!(
        told(&effects),
        ["meter mains: a message on meter/mains has 10000000 bytes, which is too much"]
    );
}

#[test]
fn the_guard_is_seen_and_its_thermometers_are_meters() {
    let mut world = World::new();
    let effects = world.tell(Input::Guard(Some(guard("allowed", None, 0, Some(21.5)))));
    assert_eq!(recorded(&effects), [("furnace".into(), 21.5)]);
    world.now = 20;
    let cut = guard("cut", Some("too-warm"), 20, None);
    let effects = world.tell(Input::Guard(Some(cut)));
    assert_eq!(told(&effects), ["meter furnace: its thermometer is silent"]);
    let effects = world.pass(1);
    assert_eq!(told(&effects), ["alarm: the furnace is cut: it is too warm"]);
    assert!(on(&effects, "space/guard")[0].contains(r#""cut":true"#));
    // It falls silent, too.
    let effects = world.all(120);
    assert!(told(&effects).iter().any(|it| it.contains("no sign of life")), "{effects:?}");
    assert!(on(&effects, "space/guard")[0].contains("silent"));
    // Nothing is ever said to it.
    let topics: BTreeSet<&str> = published(&effects).iter().map(|it| it.topic.as_str()).collect();
    assert!(topics.iter().all(|it| it.starts_with("space/") || it.starts_with("homeassistant/")));
}
