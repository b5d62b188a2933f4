//! The building under load: 1,000 messages a second from a hundred meters, through mosquitto.
//!
//! Prints how many were received, and how much of a core the process took. `cargo bench --bench
//! building -- 10` takes ten seconds instead of a minute.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a bench prints, and may panic"
)]

use std::{
    fs,
    time::{Duration, Instant},
};

#[path = "../tests/support/mosquitto.rs"]
mod mosquitto;
#[path = "../tests/support/part.rs"]
mod part;
#[path = "../tests/support/running.rs"]
mod running;
#[path = "../tests/building/world.rs"]
mod world;

use space::integrations::mqtt::{Happening, Mqtt, MqttError, Outgoing};
use world::World;

const METERS: u64 = 100;
const PER_SECOND: u64 = 1_000;

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let seconds = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(60_u64);
    let names: Vec<String> = (0..METERS).map(|number| format!("m{number}")).collect();
    let meters: Vec<(&str, String)> = names
        .iter()
        .map(|name| {
            let topic =
                format!(r#"{{"mqtt":{{"topic":"tele/{name}/SENSOR","profile":"tasmota"}}}}"#);
            let text =
                format!(r#"{{"name":"{name}","measures":"power","unit":"W","source":{topic}}}"#);
            (name.as_str(), text)
        })
        .collect();
    let meters: Vec<(&str, &str)> = meters.iter().map(|(name, text)| (*name, &**text)).collect();
    let world = World::new(&meters).expect("mosquitto, from Debian");
    world.configure("[home_assistant]\n");
    let building = world.measuring();
    let client = world.broker.client("devices", None);
    while client.next(Duration::from_secs(1)) != Some(Happening::Connected) {}
    let before = processor_time(building.child.id());
    let (began, mut sent) = (Instant::now(), 0_u64);
    while sent < seconds * PER_SECOND {
        let due = u64::try_from(began.elapsed().as_millis()).unwrap() * PER_SECOND / 1_000;
        while sent < due.min(seconds * PER_SECOND) {
            let name = &names[usize::try_from(sent % METERS).unwrap()];
            let payload = format!(
                r#"{{"Time":"2026-01-15T12:00:00","ENERGY":{{"Total":12.345,"Power":{}.{}}}}}"#,
                sent % 977,
                sent % 10
            );
            let message = Outgoing::passing(format!("tele/{name}/SENSOR"), payload);
            match client.publish(&message) {
                Ok(()) => sent += 1,
                Err(MqttError::Full) => break,
                Err(error) => panic!("{error}"),
            }
        }
        client.next(Duration::from_millis(2));
    }
    // All that were sent, and a few of Home Assistant's own.
    let state = world.wait_for(|it| it.broker.as_ref().is_some_and(|it| it.received >= sent));
    let taken = processor_time(building.child.id()) - before;
    let lasted = began.elapsed();
    let memory = memory(building.child.id());
    let received = state.broker.unwrap().received;
    println!(
        "{sent} messages in {:.1} s: {received} received, {:.1} % of a core, {memory} MB",
        lasted.as_secs_f64(),
        100.0 * taken.as_secs_f64() / lasted.as_secs_f64()
    );
    building.end();
    let kept: usize = names.iter().map(|name| world.kept(name).len()).sum();
    let files: u64 = size(&world.space().join(".git/space"));
    println!("{kept} measurements kept, at one a second and meter, in {} kB", files / 1_024);
}

/// Returns how long a process was at work.
fn processor_time(id: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let fields: Vec<u64> =
        rest.split_ascii_whitespace().skip(1).map(|it| it.parse().unwrap_or(0)).collect();
    Duration::from_millis((fields[10] + fields[11]) * 10) // a hundred ticks a second
}

/// Returns how much memory a process has, in megabytes.
fn memory(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_ascii_whitespace().next().unwrap().parse::<u64>().unwrap() / 1_024
}

/// Returns the size of the measurements below a folder.
fn size(folder: &std::path::Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => size(&path),
            path if path.extension().is_some_and(|it| it == "measured") => {
                entry.metadata().unwrap().len()
            }
            _ => 0,
        })
        .sum()
}
