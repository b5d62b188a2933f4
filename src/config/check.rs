//! Checks that a configuration is consistent: each wire exists, and belongs to one door only.

use std::{collections::BTreeMap, path::Path};

use super::{Device, Door};
use crate::domain::model::{Finding, FindingCode, Slug};

/// Lists the inconsistencies.
pub(super) fn check(
    path: &Path,
    devices: &BTreeMap<Slug, Device>,
    doors: &BTreeMap<Slug, Door>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |message: String| {
        findings.push(Finding::error(FindingCode::BadWiring, path.display(), message));
    };
    let mut taken = BTreeMap::new();
    for (name, door) in doors {
        for (end, wire) in door.wires() {
            match devices.get(&wire.device) {
                None => report(format!(
                    "doors.{name}: there is no device {} for {wire}; add [devices.{}]",
                    wire.device, wire.device
                )),
                Some(device) if !device.has(end, wire.number) => report(format!(
                    "doors.{name}: {} ({}) has no {end} {}",
                    wire.device,
                    device.kind(),
                    wire.number
                )),
                Some(_) => {}
            }
            if let Some(other) = taken.insert((end, wire), name) {
                report(format!("doors.{name}: {end} {wire} is already used by {other}"));
            }
        }
        if door.unlock_seconds == Some(0) {
            report(format!("doors.{name}: unlock_seconds is 0, so the door would never open"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn messages(text: &str) -> Vec<String> {
        let findings = Config::parse(Path::new("door.toml"), text).err().unwrap_or_default();
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn each_wire_exists_and_is_used_once() {
        let sim = "[devices.sim.simulator]\n";
        assert_eq!(messages(&format!("{sim}[doors.a]\nstrikes = [\"sim:1\"]\n")), [""; 0]);
        let found = messages(&format!(
            "{sim}[doors.a]\nstrikes = [\"sim:1\", \"sim:9\"]\n\
             [doors.b]\nstrikes = [\"sim:1\", \"pins:1\"]\nunlock_seconds = 0\n"
        ));
        assert_eq!(
            found,
            [
                "doors.a: sim (simulator) has no relay 9",
                "doors.b: relay sim:1 is already used by a",
                "doors.b: there is no device pins for pins:1; add [devices.pins]",
                "doors.b: unlock_seconds is 0, so the door would never open",
            ]
        );
    }
}
