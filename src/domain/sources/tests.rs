//! What each kind of device publishes, as their makers describe it, and what it means.

use proptest::prelude::*;

use super::{Fault, Number, read, read_document, topics};
use crate::domain::model::{DeviceProfile, MqttSource, Quantity, Unit};

fn source(profile: Option<DeviceProfile>, topic: &str, channel: u8) -> MqttSource {
    MqttSource { topic: topic.into(), pointer: None, profile, channel }
}

use DeviceProfile::{Esphome, HomeAssistant, Shelly1, Shelly2, Tasmota, Zigbee2mqtt};
use Quantity::{Co2, Energy, Humidity, Power, Switch, Temperature, Window};

const SWITCH: &str = r#"{"id":0,"source":"timer","output":true,"apower":8.9,"voltage":237.5,
    "aenergy":{"total":6532.25,"by_minute":[45.1,47.0,88.6],"minute_ts":1770000000},
    "temperature":{"tC":38.2,"tF":100.8}}"#;
const NOTIFY: &str = r#"{"src":"shellyplus1pm-1","dst":"x","method":"NotifyStatus",
    "params":{"ts":1770000000.5,"switch:1":{"id":1,"apower":120.5}}}"#;
const SENSOR: &str = r#"{"Time":"2026-01-15T12:00:00","ENERGY":{"TotalStartTime":"2025-01-01T00:00:00",
    "Total":12.345,"Yesterday":0.5,"Today":0.1,"Period":3,"Power":85,"Voltage":230},
    "AM2301":{"Temperature":19.5,"Humidity":44.1},"DS18B20":{"Id":"0123","Temperature":4.0},
    "SCD30":{"CarbonDioxide":612},"TempUnit":"C"}"#;
const SEVERAL: &str = r#"{"ENERGY":{"Total":[1.5,2.5],"Power":[10,20]}}"#;
const ZIGBEE: &str = r#"{"power":12.5,"energy":3.25,"voltage":231,"state":"ON","linkquality":120,
    "temperature":-18.5,"humidity":40,"contact":true,"power_l2":7}"#;

#[test]
fn each_device_is_understood() {
    for (profile, device, channel, measures, topic, payload, expected) in [
        (
            Shelly1,
            "shellies/a",
            0,
            Power,
            "shellies/a/relay/0/power",
            "12.34",
            Some((12.34, Some(Unit::Watt))),
        ),
        (
            Shelly1,
            "shellies/a",
            1,
            Energy,
            "shellies/a/relay/1/energy",
            "60",
            Some((60.0, Some(Unit::WattMinute))),
        ),
        (
            Shelly1,
            "shellies/a",
            0,
            Power,
            "shellies/a/emeter/0/power",
            "-3.5",
            Some((-3.5, Some(Unit::Watt))),
        ),
        (
            Shelly1,
            "shellies/a",
            2,
            Energy,
            "shellies/a/emeter/2/total",
            "1234.5",
            Some((1234.5, Some(Unit::WattHour))),
        ),
        (Shelly1, "shellies/a", 0, Switch, "shellies/a/relay/0", "on", Some((1.0, None))),
        (Shelly1, "shellies/a", 0, Window, "shellies/a/sensor/state", "close", Some((0.0, None))),
        (
            Shelly1,
            "shellies/a",
            0,
            Temperature,
            "shellies/a/sensor/temperature",
            "21.5",
            Some((21.5, None)),
        ),
        (Shelly2, "plug", 0, Power, "plug/status/switch:0", SWITCH, Some((8.9, Some(Unit::Watt)))),
        (
            Shelly2,
            "plug",
            0,
            Energy,
            "plug/status/switch:0",
            SWITCH,
            Some((6532.25, Some(Unit::WattHour))),
        ),
        (Shelly2, "plug", 0, Switch, "plug/status/switch:0", SWITCH, Some((1.0, None))),
        (Shelly2, "plug", 1, Power, "plug/events/rpc", NOTIFY, Some((120.5, Some(Unit::Watt)))),
        (Shelly2, "plug", 1, Energy, "plug/events/rpc", NOTIFY, None),
        (Shelly2, "plug", 0, Power, "plug/events/rpc", NOTIFY, None),
        (
            Shelly2,
            "em",
            0,
            Power,
            "em/status/em:0",
            r#"{"id":0,"total_act_power":1500.5}"#,
            Some((1500.5, Some(Unit::Watt))),
        ),
        (
            Shelly2,
            "em",
            0,
            Energy,
            "em/status/emdata:0",
            r#"{"id":0,"total_act":99.5,"total_act_ret":1}"#,
            Some((99.5, Some(Unit::WattHour))),
        ),
        (
            Shelly2,
            "ht",
            0,
            Temperature,
            "ht/status/temperature:0",
            r#"{"id":0,"tC":null,"tF":null}"#,
            None,
        ),
        (
            Shelly2,
            "ht",
            0,
            Humidity,
            "ht/status/humidity:0",
            r#"{"id":0,"rh":55.5}"#,
            Some((55.5, Some(Unit::Percent))),
        ),
        (Tasmota, "lathe", 0, Power, "tele/lathe/SENSOR", SENSOR, Some((85.0, Some(Unit::Watt)))),
        (
            Tasmota,
            "lathe",
            0,
            Energy,
            "tele/lathe/SENSOR",
            SENSOR,
            Some((12.345, Some(Unit::KilowattHour))),
        ),
        (
            Tasmota,
            "lathe",
            0,
            Temperature,
            "tele/lathe/SENSOR",
            SENSOR,
            Some((19.5, Some(Unit::Celsius))),
        ),
        (
            Tasmota,
            "lathe",
            1,
            Temperature,
            "tele/lathe/SENSOR",
            SENSOR,
            Some((4.0, Some(Unit::Celsius))),
        ),
        (Tasmota, "lathe", 2, Temperature, "tele/lathe/SENSOR", SENSOR, None),
        (
            Tasmota,
            "lathe",
            0,
            Co2,
            "tele/lathe/SENSOR",
            SENSOR,
            Some((612.0, Some(Unit::PartsPerMillion))),
        ),
        (Tasmota, "lathe", 1, Power, "tele/lathe/SENSOR", SEVERAL, Some((20.0, Some(Unit::Watt)))),
        (Tasmota, "lathe", 2, Power, "tele/lathe/SENSOR", SEVERAL, None),
        (Tasmota, "lathe", 0, Switch, "stat/lathe/POWER", "OFF", Some((0.0, None))),
        (
            Tasmota,
            "lathe",
            1,
            Switch,
            "tele/lathe/STATE",
            r#"{"POWER1":"OFF","POWER2":"ON"}"#,
            Some((1.0, None)),
        ),
        (
            Tasmota,
            "lathe",
            0,
            Power,
            "stat/lathe/STATUS10",
            r#"{"StatusSNS":{"ENERGY":{"Power":7}}}"#,
            Some((7.0, Some(Unit::Watt))),
        ),
        (
            Tasmota,
            "lathe",
            0,
            Temperature,
            "tele/lathe/SENSOR",
            r#"{"X":{"Temperature":68.0},"TempUnit":"F"}"#,
            Some((68.0, Some(Unit::Fahrenheit))),
        ),
        (
            Zigbee2mqtt,
            "zigbee2mqtt/hall/plug",
            0,
            Power,
            "zigbee2mqtt/hall/plug",
            ZIGBEE,
            Some((12.5, Some(Unit::Watt))),
        ),
        (
            Zigbee2mqtt,
            "zigbee2mqtt/hall/plug",
            1,
            Power,
            "zigbee2mqtt/hall/plug",
            ZIGBEE,
            Some((7.0, Some(Unit::Watt))),
        ),
        (
            Zigbee2mqtt,
            "zigbee2mqtt/x",
            0,
            Energy,
            "zigbee2mqtt/x",
            ZIGBEE,
            Some((3.25, Some(Unit::KilowattHour))),
        ),
        (
            Zigbee2mqtt,
            "zigbee2mqtt/x",
            0,
            Temperature,
            "zigbee2mqtt/x",
            ZIGBEE,
            Some((-18.5, Some(Unit::Celsius))),
        ),
        (Zigbee2mqtt, "zigbee2mqtt/x", 0, Window, "zigbee2mqtt/x", ZIGBEE, Some((0.0, None))),
        (
            Zigbee2mqtt,
            "zigbee2mqtt/x",
            0,
            Window,
            "zigbee2mqtt/x",
            r#"{"contact":false}"#,
            Some((1.0, None)),
        ),
        (Zigbee2mqtt, "zigbee2mqtt/x", 0, Power, "zigbee2mqtt/x", r#"{"linkquality":1}"#, None),
        (
            Esphome,
            "node/sensor/boiler",
            0,
            Temperature,
            "node/sensor/boiler/state",
            "54.2",
            Some((54.2, None)),
        ),
        (
            Esphome,
            "node/sensor/boiler/state",
            0,
            Temperature,
            "node/sensor/boiler/state",
            "nan",
            None,
        ),
        (
            Esphome,
            "node/binary_sensor/skylight",
            0,
            Window,
            "node/binary_sensor/skylight/state",
            "ON",
            Some((1.0, None)),
        ),
        (HomeAssistant, "ha/sensor/x", 0, Power, "ha/sensor/x/state", "120.5", Some((120.5, None))),
        (HomeAssistant, "ha/sensor/x", 0, Power, "ha/sensor/x/state", "unavailable", None),
        (
            HomeAssistant,
            "ha/binary_sensor/x",
            0,
            Window,
            "ha/binary_sensor/x/state",
            "off",
            Some((0.0, None)),
        ),
    ] {
        let source = source(Some(profile), device, channel);
        let heard = topics(&source, measures);
        assert!(heard.iter().any(|it| it == topic), "{topic} is not among {heard:?}");
        let found = read(&source, measures, topic, payload.as_bytes());
        let expected = expected.map(|(value, unit)| Number { value, unit });
        assert_eq!(found, Ok(expected), "{profile:?} {topic} {payload}");
    }
}

#[test]
fn a_pointer_says_where_the_number_stands() {
    let at = |pointer: &str, payload: &str| {
        let source = MqttSource { pointer: Some(pointer.into()), ..source(None, "a", 0) };
        read(&source, Power, "a", payload.as_bytes())
    };
    let nested = r#"{"a":[{"b/c":"12.5"},{"x":null}]}"#;
    assert_eq!(at("/a/0/b~1c", nested), Ok(Some(Number::plain(12.5))));
    assert_eq!(at("", "7"), Ok(Some(Number::plain(7.0))));
    assert_eq!(at("/a/1/x", nested), Ok(None));
    assert_eq!(at("/a/2", nested), Err(Fault::Missing("/a/2".into())));
    assert_eq!(at("/a", nested), Err(Fault::NotANumber(r#"[{"b/c":"12.5"},{"x":null}]"#.into())));
    assert_eq!(at("/a", "{\n\"a\" 1}"), Err(Fault::NotJson { line: 2, column: 5 }));
    let document = br#"{"sensors":{"power":[{"value":412}]}}"#;
    let place = "/sensors/power/0/value";
    assert_eq!(read_document(document, place, Power), Ok(Number::plain(412.0)));
    let empty = read_document(br#"{"a":null}"#, "/a", Power);
    assert_eq!(empty, Err(Fault::Empty("/a".into())));
}

#[test]
fn what_is_not_a_number_is_told() {
    let plain = source(None, "a", 0);
    let not = |text: &str| Err(Fault::NotANumber(text.into()));
    for (payload, expected) in [
        (&b"NaN"[..], not("NaN")),
        (b"1e400", not("1e400")),
        (b"-inf", not("-inf")),
        (b"", not("")),
        (b"12,5", not("12,5")),
        (b"12.5 W", not("12.5 W")),
        (b"\xff\xfe", Err(Fault::NotText)),
    ] {
        assert_eq!(read(&plain, Power, "a", payload), expected);
    }
    let json = MqttSource { pointer: Some("/a".into()), ..plain.clone() };
    assert!(matches!(read(&json, Power, "a", b"{\"a\":1e400}"), Err(Fault::NotJson { .. })));
    let deep = [vec![b'['; 60_000], vec![b']'; 60_000]].concat();
    assert!(matches!(read(&json, Power, "a", &deep), Err(Fault::NotJson { .. })));
    let flag = read(&plain, Window, "a", b"ajar");
    assert_eq!(flag, Err(Fault::NotAFlag("ajar".into())));
    let Err(Fault::NotANumber(shown)) = read(&plain, Power, "a", &[b'x'; 60_000]) else {
        panic!("it was taken")
    };
    assert!(shown.len() < 200, "{}", shown.len());
    assert!(!read(&plain, Power, "a", b"\x1b[31m").unwrap_err().to_string().contains('\x1b'));
}

proptest! {
    /// Whatever a device sends, it is a number that can be counted with, nothing, or a fault.
    #[test]
    fn whatever_comes_is_bounded(
        payload in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "[ -~]{0,80}".prop_map(String::into_bytes),
            r#"\{"(apower|power|ENERGY|params)":[-0-9.eE"\[\]\{\}a-z:]{0,30}\}"#.prop_map(String::into_bytes),
        ],
        profile in proptest::option::of(proptest::sample::select(DeviceProfile::ALL.to_vec())),
        measures in proptest::sample::select(Quantity::ALL.to_vec()),
        channel in any::<u8>(),
    ) {
        let source = source(profile.map(|(it, _)| it), "a", channel);
        for topic in topics(&source, measures).iter().map(String::as_str).chain(["other/rpc", ""]) {
            if let Ok(Some(number)) = read(&source, measures, topic, &payload) {
                prop_assert!(number.value.is_finite());
                if measures.is_flag() {
                    prop_assert!((0.0..=1.0).contains(&number.value));
                }
            }
        }
    }
}

/// Who copies a topic from the broker means the device that publishes there.
#[test]
fn any_topic_of_a_device_names_it() {
    for (profile, _) in DeviceProfile::ALL {
        for measures in Quantity::ALL {
            for channel in [0, 1] {
                let of = |topic: &str| topics(&source(Some(profile), topic, channel), measures);
                let all = of("hall/lathe");
                for topic in &all {
                    assert_eq!(of(topic), all, "{profile:?} {measures:?} {topic}");
                }
            }
        }
    }
}
