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
        let guarded = door.facility.as_ref().unwrap_or(name);
        let other = doors.iter().find(|(other, it)| {
            guarded != name && *other != name && it.facility.as_ref().unwrap_or(other) == name
        });
        if let Some((other, _)) = other {
            report(format!(
                "doors.{name} guards {guarded}, and {name} is the facility of doors.{other}: orders \
                 for that facility would go to this door; give it another name"
            ));
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
    fn a_door_does_not_have_the_name_of_another_doors_facility() {
        let sim = "[devices.sim.simulator]\n[doors.workshop]\nfacility = \"frontdoor\"\n";
        assert_eq!(messages(&format!("{sim}[doors.shop2]\nfacility = \"laser\"\n")), [""; 0]);
        let found = messages(&format!("{sim}[doors.shop2]\nfacility = \"workshop\"\n"));
        assert!(
            found[0].contains("doors.workshop guards frontdoor") && found.len() == 1,
            "{found:?}"
        );
        let both = "[doors.a]\n[doors.b]\nfacility = \"a\"\n";
        assert_eq!(messages(both), [""; 0], "two doors of one facility");
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
