//! What it measures, publishes and obeys, and what it survives.

use std::fs;

use serde_json::Value;
use space::integrations::mqtt::Mqtt;

use crate::world::{World, publish, wait_for_message};

const POWER: &str = r#"{"name":"Mains","measures":"power","unit":"W",
    "source":{"mqtt":{"topic":"meter/mains"}},"alarm":{"above":5000}}"#;
const PLUG: &str = r#"{"name":"Freezer","measures":"temperature","unit":"C",
    "source":{"mqtt":{"topic":"zigbee2mqtt/freezer","profile":"zigbee2mqtt"}}}"#;

fn listener(world: &World, topics: &[&str]) -> impl Mqtt + use<> {
    listener_named(world, "listener", topics)
}

fn listener_named(world: &World, name: &str, topics: &[&str]) -> impl Mqtt + use<> {
    let client = world.broker.client(name, None);
    let topics = topics.iter().map(|&it| it.to_owned()).collect();
    while client.subscribe(&topics).is_err() {
        client.next(std::time::Duration::from_millis(50));
    }
    client
}

#[test]
fn what_devices_publish_is_kept_and_shown_and_survives_the_broker() {
    let Some(mut world) = World::new(&[("mains", POWER), ("freezer", PLUG)]) else { return };
    let building = world.measuring();
    let client = listener(&world, &["space/#"]);
    publish(&client, "meter/mains", "412.5");
    publish(&client, "zigbee2mqtt/freezer", r#"{"temperature":-18.5,"linkquality":80}"#);
    // They are published in the order of their names.
    wait_for_message(&client, "space/meter/freezer", |it| it == "-18.5");
    wait_for_message(&client, "space/meter/mains", |it| it == "412.5");
    publish(&client, "meter/mains", "NaN");
    building.wait("meter");

    // A broker that vanishes is told, and everything is there again once it is back.
    world.broker.leave();
    building.wait("lost");
    world.broker.come_back();
    building.wait("connected");
    drop(client);
    let client = listener(&world, &["space/state", "space/meter/#"]);
    publish(&client, "meter/mains", "100");
    wait_for_message(&client, "space/meter/mains", |it| it == "100.0");
    let another = listener_named(&world, "another", &["space/state"]);
    wait_for_message(&another, "space/state", |it| it == "online");

    let state = world.wait_for(|it| it.meters.iter().any(|meter| meter.value == Some(100.0)));
    assert!(state.broker.unwrap().received >= 4);
    let shown = world.good(&["building", "status"]);
    assert!(shown.contains("mains: 100 W") && shown.contains("freezer: -18.5 °C"), "{shown}");
    // What waits is written at the end.
    assert_eq!(building.end(), Some(0));
    assert_eq!(world.kept("mains"), [412.5, 100.0]);
    assert_eq!(world.kept("freezer"), [-18.5]);
    wait_for_message(&client, "space/state", |it| it == "offline");
}

#[test]
fn home_assistant_finds_doors_and_may_unlock_only_what_it_is_allowed_to() {
    let Some(world) = World::new(&[("mains", POWER)]) else { return };
    world.configure("[home_assistant]\nunlock = [\"frontdoor\"]\n");
    let door = world.start(&["door", "run", "--no-terminal"]);
    door.wait("in-force");
    let building = world.measuring();
    let client = listener(&world, &["homeassistant/#", "space/#"]);
    let topic = "homeassistant/device/space_door_frontdoor/config";
    let config = wait_for_message(&client, topic, |it| !it.is_empty());
    let config: Value = serde_json::from_str(&config).unwrap();
    let order = config["components"]["lock"]["command_topic"].as_str().unwrap().to_owned();
    let state = config["components"]["lock"]["state_topic"].as_str().unwrap().to_owned();

    // Displays read who comes and goes.
    let display = listener_named(&world, "display", &["space/send"]);
    publish(&client, &order, "UNLOCK");
    building.wait("unlocking");
    let unlocked = door.wait("unlocked");
    assert_eq!(unlocked["door"], "frontdoor");
    let shown = wait_for_message(&display, "space/send", |it| it.contains("Home Assistant"));
    assert!(shown.contains(r#""access":"Always""#), "{shown}");
    wait_for_message(&client, &state, |it| it == "UNLOCKED");
    wait_for_message(&client, &state, |it| it == "LOCKED");
    publish(&client, &order.replace("frontdoor", "laser"), "UNLOCK");
    let refused = building.wait("refused");
    assert!(refused["words"].as_str().unwrap().contains("does not allow"), "{refused}");
    assert_eq!(door.end(), Some(0));
    // It is journaled with the name of who asked.
    let activities = world.good(&["activity", "list", "--json"]);
    assert!(activities.contains("manual-unlock"), "{activities}");
    assert_eq!(activities.matches("Home Assistant").count(), 1, "{activities}");
}

#[test]
fn a_killed_one_is_noticed_and_remembers_its_alarms() {
    let Some(world) = World::new(&[("mains", POWER)]) else { return };
    let guard = r#"{"state":"cut","reason":"frozen","since":"2026-01-15T12:00:00Z","relay":"open",
        "asked":true,"limit":27.0,"thermometers":[],"updated":"NOW"}"#;
    let now = space::clock::now().to_string();
    fs::write(world.path("guard.json"), guard.replace("NOW", &now)).unwrap();
    let mut building = world.measuring();
    let alarm = building.wait("alarm");
    assert!(alarm["words"].as_str().unwrap().contains("has said the same for too long"), "{alarm}");
    let client = listener(&world, &["space/#"]);
    wait_for_message(&client, "space/alarms", |it| it.contains("guard-cut"));
    building.child.kill().unwrap();
    wait_for_message(&client, "space/state", |it| it == "offline");
    drop(building);
    let building = world.measuring();
    world.wait_for(|it| !it.alarms.is_empty());
    assert_eq!(building.so_far("alarm"), [Value::Null; 0], "it was told before");
}

#[test]
fn two_do_not_measure_the_same_space() {
    let Some(world) = World::new(&[("mains", POWER)]) else { return };
    let building = world.measuring();
    let second = world.run(&["building", "run"]);
    assert_eq!(second.status.code(), Some(3));
    assert_eq!(building.end(), Some(0));
}
