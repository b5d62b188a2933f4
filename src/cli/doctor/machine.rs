//! Checks the devices of this machine, and whether its door is running.

use serde_json::Value;

use super::verdict::Verdict;
use crate::{
    cli::{CliError, Context, input::machine::MachineArgs},
    config::Config,
    control::{self, AskError, Request},
    domain::records::Records as _,
    store::Store,
};

/// What to do about a device that cannot be reached.
const DEVICE: &str = "check its plug and cable, its name in the configuration, and the groups of \
                      the door's user (dialout, gpio, input)";

/// Reads the configuration.
pub(super) fn config(machine: &MachineArgs) -> (Config, Vec<Verdict>) {
    match machine.config() {
        Ok(config) if config.devices.is_empty() => {
            let found = "no devices: the doors of this machine are simulated";
            (config, vec![Verdict::good("configuration", found)])
        }
        Ok(config) => {
            let [devices, doors] = [config.devices.len(), config.doors.len()];
            let found = format!("{devices} devices, {doors} doors");
            (config, vec![Verdict::good("configuration", found)])
        }
        Err(error) => (Config::default(), refused(error)),
    }
}

/// Lists everything that is wrong with a configuration.
fn refused(error: CliError) -> Vec<Verdict> {
    if error.findings.is_empty() {
        return vec![Verdict::of_error("configuration", error)];
    }
    let each = error.findings.iter().map(ToString::to_string);
    each.map(|it| Verdict::bad("configuration", it, "correct the file")).collect()
}

/// Examines doors, devices and the running door.
pub(super) fn look(
    ctx: &Context,
    machine: &MachineArgs,
    config: &Config,
    store: &Store,
) -> Vec<Verdict> {
    let mut verdicts = facilities(config, store);
    let socket = match machine.socket(ctx, config) {
        Ok(socket) => socket,
        Err(error) => return vec![Verdict::of_error("door", error)],
    };
    match control::ask(&socket, &Request::Status {}) {
        Ok(status) => verdicts.extend(running(&status)),
        Err(error @ AskError::NoDoor(_)) => {
            let advice = "start it with `systemctl start space-door` or `space door run`";
            verdicts.push(Verdict::odd("door", error.to_string(), advice));
            verdicts.extend(config.devices.iter().map(|(name, device)| {
                let what = format!("device {name}");
                match device.probe() {
                    Ok(found) => Verdict::good(what, found),
                    Err(found) => Verdict::bad(what, found, DEVICE),
                }
            }));
        }
        Err(error) => verdicts.push(Verdict::of_error("door", error)),
    }
    verdicts
}

/// Compares the doors with the facilities of the records.
fn facilities(config: &Config, store: &Store) -> Vec<Verdict> {
    let Ok(head) = store.head().and_then(|head| store.read(head)) else { return Vec::new() };
    let known = head.facilities();
    let doors =
        config.doors.iter().map(|(name, door)| (name, door.facility.as_ref().unwrap_or(name)));
    let mut verdicts = Vec::new();
    for (name, facility) in doors {
        let what = format!("door {name}");
        if !known.contains(facility) {
            let found = format!("the records have no facility {facility}");
            let advice = format!(
                "add it with `space facility add {facility}`, or correct the configuration"
            );
            verdicts.push(Verdict::bad(what, found, advice));
        } else if head.requirements(facility).is_empty() {
            let found = format!("{facility} has no requirement, so nobody gets in");
            let advice =
                format!("add one with `space requirement add {facility} always --priority 1`");
            verdicts.push(Verdict::odd(what, found, advice));
        } else {
            verdicts.push(Verdict::good(what, format!("guards {facility}")));
        }
    }
    verdicts
}

/// Reports what the running door says.
fn running(status: &Value) -> Vec<Verdict> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let commit = text(&status["commit"]);
    let mut verdicts = vec![match status["in_force"]["trouble"].as_str() {
        None => Verdict::good(
            "door",
            format!("running; commit {} is in force", commit.get(..7).unwrap_or("none")),
        ),
        Some(trouble) => Verdict::bad("door", trouble, "`space check HEAD` shows what is wrong"),
    }];
    for device in status["devices"].as_array().into_iter().flatten() {
        let what = format!("device {}", text(&device["device"]));
        verdicts.push(if device["connected"].is_null() {
            Verdict::bad(what, text(&device["error"]), DEVICE)
        } else {
            Verdict::good(what, text(&device["what"]))
        });
    }
    if let Some(error) = status["journal"]["trouble"]["words"].as_str() {
        verdicts.push(Verdict::bad("journal", error, "free some space, or look at the disk"));
    }
    verdicts
}
