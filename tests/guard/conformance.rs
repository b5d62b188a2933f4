//! What every thermometer and every relay does alike, the simulated ones included.

use std::{fs, path::Path};

use space::hardware::{
    gpio::SimulatedChip,
    relay::{PinRelay, Relay, RelayOptions, SimulatedRelay},
    thermometer::{NumberFile, OneWire, SimulatedThermometer, Thermometer, Unit},
};

/// Tests a thermometer that was put in a room of 20.062 degrees.
fn measures(mut it: impl Thermometer, mut warm_up: impl FnMut()) {
    let near = |value: i32| (19_900..=20_300).contains(&value);
    let first = it.read().unwrap();
    assert!(first.is_some_and(near), "{first:?}");
    for _ in 0..20 {
        warm_up();
        let value = it.read().unwrap();
        assert!(value.is_some_and(near), "each measurement is told: {value:?}");
    }
}

/// The bytes of a DS18B20 at 20.0625 degrees, with the checksum that it sends.
const BYTES: &str = "41 01 4b 46 7f ff 0f 10 aa";

fn write_slave(folder: &Path) {
    let text = format!("{BYTES} : crc=aa YES\n{BYTES} t=20062\n");
    fs::write(folder.join("w1_slave"), text).unwrap();
}

#[test]
fn a_thermometer_on_the_bus_does() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("28-00000a1b2c3d");
    fs::create_dir(&folder).unwrap();
    write_slave(&folder);
    measures(OneWire::below(dir.path(), "28-00000a1b2c3d"), || write_slave(&folder));
}

#[test]
fn a_file_with_a_number_does() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("hall");
    let mut count = 0;
    let mut write = || {
        // As a driver does it: a new file each time.
        count += 1;
        let new = dir.path().join("new");
        fs::write(&new, format!("20.{count:03}")).unwrap();
        fs::rename(new, dir.path().join("hall")).unwrap();
    };
    write();
    measures(NumberFile::new(path, Unit::Celsius, None), write);
}

#[test]
fn a_simulated_thermometer_does() {
    measures(SimulatedThermometer::new(20_062), || {});
}

/// Tests a relay; `closed` looks at it from outside.
fn obeys(mut relay: impl Relay, closed: impl Fn() -> bool) {
    assert!(!closed(), "it is open at first");
    for wanted in [true, true, false, true, false, false, true] {
        relay.set(wanted).unwrap();
        relay.warn(wanted);
        assert_eq!(closed(), wanted);
    }
    drop(relay);
    assert!(!closed(), "it is open at last");
}

#[test]
fn a_relay_on_a_pin_does() {
    for (text, level) in [("pin = 17\nlamp = 24", true), ("pin = 17\nactive = 'low'", false)] {
        let RelayOptions::Pins(wires) = toml::from_str(text).unwrap() else { panic!("{text}") };
        let chip = SimulatedChip::default();
        let relay = PinRelay::open(chip.clone(), &wires).unwrap();
        obeys(relay, || chip.output(17) == Some(level));
    }
}

#[test]
fn a_simulated_relay_does() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("relay");
    let text = format!("simulated = {:?}", path.display().to_string());
    let RelayOptions::Simulated(files) = toml::from_str(&text).unwrap() else { panic!("{text}") };
    let relay = SimulatedRelay::open(&files).unwrap();
    obeys(relay, || fs::read_to_string(&path).unwrap() == "closed\n");
}
