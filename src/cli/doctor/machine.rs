//! Checks the devices of this machine, and whether its door is running.

use serde_json::Value;

use super::diagnosis::Diagnosis;
use crate::{
    app::view::counted,
    cli::{CliError, Context, input::machine::MachineArgs},
    config::Config,
    control::{self, AskError, Request},
    domain::records::Records as _,
    store::Store,
};

/// What to do about a device that cannot be reached.
const DEVICE_ADVICE: &str = "check its plug and cable, its name in the configuration, and the groups of \
                      the door's user (dialout, gpio, input)";

/// Reads the configuration.
pub(super) fn config(machine: &MachineArgs) -> (Config, Vec<Diagnosis>) {
    match machine.config() {
        Ok(config) if config.devices.is_empty() => {
            let found = "no devices: the doors of this machine are simulated";
            (config, vec![Diagnosis::ok("configuration", found)])
        }
        Ok(config) => {
            let [devices, doors] = [config.devices.len(), config.doors.len()];
            let found =
                format!("{}, {}", counted(devices as u64, "device"), counted(doors as u64, "door"));
            (config, vec![Diagnosis::ok("configuration", found)])
        }
        Err(error) => (Config::default(), refused(error)),
    }
}

/// Lists everything that is wrong with a configuration.
fn refused(error: CliError) -> Vec<Diagnosis> {
    if error.findings.is_empty() {
        return vec![Diagnosis::from_error("configuration", error)];
    }
    let each = error.findings.iter().map(ToString::to_string);
    each.map(|it| Diagnosis::error("configuration", it, "correct the file")).collect()
}

/// Examines doors, devices and the running door.
pub(super) fn examine(
    ctx: &Context,
    machine: &MachineArgs,
    config: &Config,
    store: &Store,
) -> Vec<Diagnosis> {
    let mut diagnoses = facilities(config, store);
    let socket = match machine.socket(ctx, config) {
        Ok(socket) => socket,
        Err(error) => return vec![Diagnosis::from_error("door", error)],
    };
    match control::ask(&socket, &Request::Status {}) {
        Ok(status) => diagnoses.extend(running(&status)),
        Err(error @ AskError::NoDoor(_)) => {
            let advice = "start it with `systemctl start space-door` or `space door run`";
            diagnoses.push(Diagnosis::warning("door", error.to_string(), advice));
            diagnoses.extend(config.devices.iter().map(|(name, device)| {
                let what = format!("device {name}");
                match device.probe() {
                    Ok(found) => Diagnosis::ok(what, found),
                    Err(found) => Diagnosis::error(what, found, DEVICE_ADVICE),
                }
            }));
        }
        Err(error) => diagnoses.push(Diagnosis::from_error("door", error)),
    }
    diagnoses
}

/// Compares the doors with the facilities of the records.
fn facilities(config: &Config, store: &Store) -> Vec<Diagnosis> {
    let Ok(head) = store.head().and_then(|head| store.read(head)) else { return Vec::new() };
    let known = head.facilities();
    // A door's clone takes no change.
    let elsewhere = if store.is_door() { " on a machine where you change the records" } else { "" };
    let doors =
        config.doors.iter().map(|(name, door)| (name, door.facility.as_ref().unwrap_or(name)));
    let mut diagnoses = Vec::new();
    for (name, facility) in doors {
        let what = format!("door {name}");
        if !known.contains(facility) {
            let found = format!("the records have no facility {facility}");
            let advice = format!(
                "add it with `space facility add {facility}`{elsewhere}, or correct the configuration"
            );
            diagnoses.push(Diagnosis::error(what, found, advice));
        } else if head.requirements(facility).is_empty() {
            let found = format!("{facility} has no requirement, so nobody gets in");
            let advice = format!(
                "add one with `space requirement add {facility} always --priority 1`{elsewhere}"
            );
            diagnoses.push(Diagnosis::warning(what, found, advice));
        } else {
            diagnoses.push(Diagnosis::ok(what, format!("guards {facility}")));
        }
    }
    diagnoses
}

/// Reports what the running door says.
fn running(status: &Value) -> Vec<Diagnosis> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let commit = text(&status["commit"]);
    let mut diagnoses = vec![match status["in_force"]["trouble"].as_str() {
        None => Diagnosis::ok(
            "door",
            format!("running; commit {} is in force", commit.get(..7).unwrap_or("none")),
        ),
        Some(trouble) => {
            Diagnosis::error("door", trouble, "`space check HEAD` shows what is wrong")
        }
    }];
    for device in status["devices"].as_array().into_iter().flatten() {
        let what = format!("device {}", text(&device["device"]));
        diagnoses.push(if device["connected"].is_null() {
            Diagnosis::error(what, text(&device["error"]), DEVICE_ADVICE)
        } else {
            Diagnosis::ok(what, text(&device["what"]))
        });
    }
    if let Some(error) = status["journal"]["trouble"]["words"].as_str() {
        diagnoses.push(Diagnosis::error("journal", error, "free some space, or look at the disk"));
    }
    diagnoses
}
