//! What Home Assistant asks of a device, as its documentation says.

use serde_json::Value;

use super::{Device, alarms, door, guard, meter, meter_state, own_device, people, zone};
use crate::{
    building::Topics,
    domain::model::{Base, Meter, Quantity, Unit},
};

fn a_meter(measures: Quantity, unit: Unit) -> Meter {
    let text = format!(r#"{{"name":"Hall","measures":"{measures}","unit":"{unit}"}}"#);
    serde_json::from_str(&text).unwrap()
}

fn every_device(topics: &Topics) -> Vec<Device> {
    let slug = |name: &str| name.parse().unwrap();
    let mut all = vec![
        door(topics, &slug("front-door"), true),
        door(topics, &slug("back"), false),
        guard(topics),
        people(topics),
        alarms(topics),
        zone(topics, &slug("hall"), "Great hall"),
    ];
    for measures in Quantity::ALL {
        let name = slug(&format!("m-{measures}"));
        all.push(meter(topics, &name, &a_meter(measures, measures.usual_unit())));
    }
    all
}

#[test]
fn every_device_has_what_is_demanded() {
    let topics = Topics::new("club/space");
    let mut ids = std::collections::BTreeSet::new();
    for device in every_device(&topics) {
        let message = device.announce("homeassistant");
        assert!(message.retain);
        assert_eq!(message.topic, format!("homeassistant/device/{}/config", device.id()));
        assert_eq!(own_device("homeassistant", &topics, &message.topic), Some(device.id()));
        let fits = |it: char| it.is_ascii_alphanumeric() || "_-".contains(it);
        assert!(device.id().chars().all(fits), "{}", device.id());
        let content: Value = serde_json::from_str(&message.payload).unwrap();
        assert_eq!(content["device"]["identifiers"][0], device.id());
        assert_eq!(content["origin"]["name"], "space");
        assert_eq!(content["availability_topic"], "club/space/state");
        let components = content["components"].as_object().unwrap();
        assert!(!components.is_empty());
        for component in components.values() {
            let text = |key: &str| component[key].as_str().unwrap_or_default();
            assert!(ids.insert(text("unique_id").to_owned()), "{component}");
            let platform = text("platform");
            assert!(text("default_entity_id").starts_with(&format!("{platform}.")));
            let needs: &[&str] = match platform {
                "lock" => &["command_topic", "state_topic"],
                "sensor" | "binary_sensor" => &["state_topic"],
                "climate" => &["mode_state_topic", "temperature_state_topic"],
                other => panic!("{other}"),
            };
            for key in needs {
                assert!(text(key).starts_with("club/space/"), "{key} {component}");
            }
            let counts = text("state_class") == "total_increasing";
            let counted = ["energy", "gas", "water"].contains(&text("device_class"));
            assert_eq!(counts, counted, "{component}");
            assert!(component.get("expire_after").is_none(), "retained states look fresh");
            for (key, value) in component.as_object().unwrap() {
                assert!(!value.is_null() || key == "name", "{key} of {component}");
            }
        }
        let lock = &content["components"]["lock"];
        if lock.is_object() {
            assert_eq!((&lock["retain"], &lock["optimistic"]), (&false.into(), &false.into()));
        }
        // Nobody can tell a zone or the guard anything.
        let orders = message.payload.matches("command_topic").count();
        assert_eq!(orders, usize::from(lock.is_object()));
    }
}

#[test]
fn devices_of_others_are_not_ours() {
    let topics = Topics::new("space");
    for (topic, own) in [
        ("homeassistant/device/space_door_old/config", Some("space_door_old")),
        ("homeassistant/device/zigbee_1/config", None),
        ("homeassistant/device/spaceship_1/config", None),
        ("homeassistant/sensor/space_door_old/config", None),
        ("other/device/space_door_old/config", None),
    ] {
        assert_eq!(own_device("homeassistant", &topics, topic), own, "{topic}");
    }
}

#[test]
fn values_are_in_units_that_home_assistant_has() {
    for (base, value, text) in [
        (Base::Watt, Some(412.5), "412.5"),
        (Base::WattHour, Some(1_234_567.0), "1234.567"),
        (Base::Litre, Some(250.0), "0.25"),
        (Base::Celsius, Some(-18.123_456), "-18.123"),
        (Base::OnOff, Some(1.0), "ON"),
        (Base::OnOff, Some(0.0), "OFF"),
        (Base::Watt, None, "None"),
    ] {
        assert_eq!(meter_state(base, value), text);
    }
}
