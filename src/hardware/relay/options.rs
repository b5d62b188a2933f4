//! Which wire of the furnace is on which pin, according to this machine's configuration.

use std::{collections::BTreeSet, path::PathBuf};

use serde::Deserialize;

use crate::hardware::gpio::{Active, LAST_PIN};

/// What drives the furnace's circuit.
///
/// ```toml
/// [relay]
/// pin = 17
/// drive = "pulse"
/// lamp = 24
/// buzzer = 25
/// thermostat = 23
/// ```
///
/// - Pins are BCM numbers. The relay is closed while `pin` is high, unless `active` says `low`.
/// - With `drive = "pulse"` the level changes each period, for a module that opens when the changes
///   stop, whatever the reason.
/// - `lamp` and `buzzer` are on while it is too warm.
/// - `thermostat` asks for heat while its contact connects the pin to ground.
///
/// In a rehearsal, `simulated` is a file that says `open` or `closed`, and `asks` one that says `heat`
/// while a thermostat would ask for it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub enum RelayOptions {
    /// Pins of this machine.
    Pins(Wires),
    /// Files.
    Simulated(Files),
}

/// The pins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wires {
    pub(super) pin: u8,
    pub(super) active: Active,
    pub(super) drive: Drive,
    pub(super) lamp: Option<u8>,
    pub(super) buzzer: Option<u8>,
    pub(super) thermostat: Option<u8>,
}

/// The files of a rehearsal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Files {
    pub(super) relay: PathBuf,
    pub(super) asks: Option<PathBuf>,
}

/// How a pin keeps the relay closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drive {
    /// By its level.
    #[default]
    Steady,
    /// By changing its level each period.
    Pulse,
}

/// The options as written, before they are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    pin: Option<u8>,
    active: Option<Active>,
    drive: Option<Drive>,
    lamp: Option<u8>,
    buzzer: Option<u8>,
    thermostat: Option<u8>,
    simulated: Option<PathBuf>,
    asks: Option<PathBuf>,
}

impl RelayOptions {
    /// Tells whether no furnace is connected.
    #[must_use]
    pub const fn is_simulated(&self) -> bool {
        matches!(self, Self::Simulated(_))
    }
}

impl TryFrom<Written> for RelayOptions {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { pin, active, drive, lamp, buzzer, thermostat, simulated, asks } = written;
        match (pin, simulated) {
            (Some(pin), None) if asks.is_none() => {
                let mut taken = BTreeSet::new();
                for pin in [Some(pin), lamp, buzzer, thermostat].into_iter().flatten() {
                    if pin > LAST_PIN {
                        return Err(format!(
                            "there is no pin {pin}; pins are 0 to {LAST_PIN}, by BCM number"
                        ));
                    }
                    if !taken.insert(pin) {
                        return Err(format!("pin {pin} is used twice"));
                    }
                }
                let drive = drive.unwrap_or_default();
                if drive == Drive::Pulse && active.is_some() {
                    return Err("with `drive = \"pulse\"` no level is the active one".into());
                }
                let active = active.unwrap_or(Active::High);
                Ok(Self::Pins(Wires { pin, active, drive, lamp, buzzer, thermostat }))
            }
            (None, Some(relay))
                if [lamp, buzzer, thermostat] == [None; 3]
                    && active.is_none()
                    && drive.is_none() =>
            {
                Ok(Self::Simulated(Files { relay, asks }))
            }
            _ => Err("give a `pin` and what else is on pins, or `simulated` and `asks`".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_refused_with_a_sentence() {
        let parse =
            |text: &str| toml::from_str::<RelayOptions>(text).map_err(|error| error.to_string());
        assert!(!parse("pin = 17\nlamp = 24\nthermostat = 23").unwrap().is_simulated());
        assert!(parse("simulated = '/tmp/relay'\nasks = '/tmp/asks'").unwrap().is_simulated());
        for (text, words) in [
            ("", "give a `pin`"),
            ("pin = 17\nsimulated = '/tmp/relay'", "give a `pin`"),
            ("pin = 17\nasks = '/tmp/asks'", "give a `pin`"),
            ("simulated = '/tmp/relay'\nlamp = 4", "give a `pin`"),
            ("pin = 28", "no pin 28"),
            ("pin = 17\nlamp = 17", "used twice"),
            ("pin = 17\ndrive = 'pulse'\nactive = 'low'", "no level"),
            ("pin = 17\nlimit = 99", "unknown field"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
