//! Which wire is on which pin, according to this machine's configuration.

use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;

/// What is connected to the pins. Each pin is given by its BCM number, 0 to 27, which is not its
/// position on the header.
///
/// ```toml
/// [relays]
/// 1 = { pin = 17 }
/// 2 = { pin = 27, active = "low" }
/// [readers]
/// 1 = { d0 = 5, d1 = 6, green = 13, beep = 19 }
/// [inputs]
/// 1 = { pin = 22, active = "low", pull = "up", debounce_ms = 30 }
/// ```
///
/// - A relay is on when its pin is high, unless `active` says `low`.
/// - A reader's `green`, `red` and `beep` are on when low, unless `active` says `high`; its pulses
///   are low, unless `pulses` says `high`. Incomplete input on its keypad is forgotten after
///   `keypad_seconds` without a key, by default 5.
/// - An input is active when low, unless `active` says `high`. It is held by the resistor in
///   `pull` (`up`, `down`, `off`), by default the one that makes an open input inactive. It counts
///   once it has been stable for `debounce_ms`, by default 30.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Options {
    pub(super) relays: BTreeMap<u8, Relay>,
    pub(super) readers: BTreeMap<u8, Wires>,
    pub(super) inputs: BTreeMap<u8, Input>,
}

impl Options {
    /// Returns the numbers of the relays.
    pub fn relays(&self) -> impl Iterator<Item = u8> {
        self.relays.keys().copied()
    }

    /// Returns the numbers of the readers.
    pub fn readers(&self) -> impl Iterator<Item = u8> {
        self.readers.keys().copied()
    }

    /// Returns the numbers of the inputs.
    pub fn inputs(&self) -> impl Iterator<Item = u8> {
        self.inputs.keys().copied()
    }
}

/// The options as written, before they are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    relays: BTreeMap<u8, Relay>,
    #[serde(default)]
    readers: BTreeMap<u8, Wires>,
    #[serde(default)]
    inputs: BTreeMap<u8, Input>,
}

/// The level at which something is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::hardware) enum Active {
    High,
    Low,
}

impl Active {
    /// Returns the level of the pin in the given state.
    pub(in crate::hardware) const fn level(self, on: bool) -> bool {
        matches!(self, Self::High) == on
    }
}

/// The Raspberry Pi's internal resistor that holds an open input.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pull {
    Up,
    Down,
    Off,
}

/// A relay; `active` is high by default.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Relay {
    pub(super) pin: u8,
    #[serde(default = "high")]
    pub(super) active: Active,
}

/// A reader on two data wires, and up to three wires for light and sound.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wires {
    pub(super) d0: u8,
    pub(super) d1: u8,
    pub(super) green: Option<u8>,
    pub(super) red: Option<u8>,
    pub(super) beep: Option<u8>,
    /// The level at which the three are on: most readers want them pulled to ground.
    #[serde(default = "low")]
    pub(super) active: Active,
    /// The level of a pulse: low, unless something between reader and pin inverts it.
    #[serde(default = "low")]
    pub(super) pulses: Active,
    /// Incomplete input is forgotten after this time without a key.
    #[serde(default = "keypad_seconds")]
    keypad_seconds: u8,
}

impl Wires {
    pub(super) fn keypad_timeout(&self) -> Duration {
        Duration::from_secs(self.keypad_seconds.into())
    }

    /// Returns green, red and beep, if present.
    pub(super) const fn lights(&self) -> [Option<u8>; 3] {
        [self.green, self.red, self.beep]
    }
}

/// A button or a contact.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    pub(super) pin: u8,
    /// The level at which the button is pressed, or the door open.
    #[serde(default = "low")]
    pub(super) active: Active,
    pull: Option<Pull>,
    #[serde(default = "debounce_ms")]
    debounce_ms: u16,
}

impl Input {
    /// Returns the resistor: by default the one that holds an open input inactive.
    pub(super) fn pull(&self) -> Pull {
        self.pull.unwrap_or(match self.active {
            Active::High => Pull::Down,
            Active::Low => Pull::Up,
        })
    }

    /// Returns for how long the level has to be stable before it counts.
    pub(super) fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce_ms.into())
    }
}

const fn high() -> Active {
    Active::High
}

const fn low() -> Active {
    Active::Low
}

const fn keypad_seconds() -> u8 {
    5
}

/// Contacts bounce for some milliseconds, and no finger is this fast.
const fn debounce_ms() -> u16 {
    30
}

/// The highest BCM number of a pin on the header.
pub(in crate::hardware) const LAST_PIN: u8 = 27;

impl TryFrom<Written> for Options {
    type Error = String;

    fn try_from(Written { relays, readers, inputs }: Written) -> Result<Self, String> {
        let mut pins: BTreeMap<u8, String> = BTreeMap::new();
        let mut take = |pin: u8, what: String| {
            if pin > LAST_PIN {
                return Err(format!(
                    "{what}: there is no pin {pin}; pins are 0 to {LAST_PIN}, by BCM number"
                ));
            }
            match pins.insert(pin, what.clone()) {
                Some(other) => Err(format!("pin {pin} is used twice: {other} and {what}")),
                None => Ok(()),
            }
        };
        for (number, relay) in &relays {
            take(relay.pin, format!("relay {number}"))?;
        }
        for (number, wires) in &readers {
            let data = [("d0", Some(wires.d0)), ("d1", Some(wires.d1))];
            let lights = ["green", "red", "beep"].into_iter().zip(wires.lights());
            for (name, pin) in data.into_iter().chain(lights) {
                if let Some(pin) = pin {
                    take(pin, format!("{name} of reader {number}"))?;
                }
            }
            if wires.keypad_seconds == 0 {
                return Err(format!("reader {number}: keypad_seconds must be 1 to 255"));
            }
        }
        for (number, input) in &inputs {
            take(input.pin, format!("input {number}"))?;
            if input.debounce_ms > 1000 {
                return Err(format!("input {number}: debounce_ms must be 0 to 1000"));
            }
        }
        if pins.is_empty() {
            return Err("give at least one relay, reader or input".to_owned());
        }
        let numbers = relays.keys().chain(readers.keys()).chain(inputs.keys());
        if numbers.into_iter().any(|number| *number == 0) {
            return Err("relays, readers and inputs are numbered from 1".to_owned());
        }
        Ok(Self { relays, readers, inputs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Options, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_apply_where_options_are_left_out() {
        let text = "relays.1 = { pin = 17 }\nreaders.2 = { d0 = 5, d1 = 6 }\n\
                    inputs.3 = { pin = 22 }\ninputs.4 = { pin = 23, active = 'high' }\n";
        let options = parse(text).unwrap();
        assert_eq!(options.relays[&1].active, Active::High);
        let wires = &options.readers[&2];
        assert_eq!((wires.active, wires.pulses), (Active::Low, Active::Low));
        assert_eq!(wires.keypad_timeout(), Duration::from_secs(5));
        assert_eq!(wires.lights(), [None; 3]);
        let (low, high) = (&options.inputs[&3], &options.inputs[&4]);
        assert_eq!((low.active, low.pull()), (Active::Low, Pull::Up));
        assert_eq!((high.pull(), high.debounce()), (Pull::Down, Duration::from_millis(30)));
    }

    #[test]
    fn what_cannot_be_is_refused_with_a_sentence() {
        for (text, words) in [
            (
                "relays.1 = { pin = 5 }\nreaders.1 = { d0 = 5, d1 = 6 }",
                "pin 5 is used twice: relay 1 and d0 of reader 1",
            ),
            ("readers.1 = { d0 = 5, d1 = 5 }", "pin 5 is used twice: d0 of reader 1 and d1 of"),
            (
                "readers.1 = { d0 = 5, d1 = 6, red = 7, beep = 7 }",
                "pin 7 is used twice: red of reader 1 and beep of reader 1",
            ),
            (
                "inputs.1 = { pin = 9 }\ninputs.2 = { pin = 9 }",
                "pin 9 is used twice: input 1 and input 2",
            ),
            ("relays.1 = { pin = 40 }", "relay 1: there is no pin 40"),
            ("relays.0 = { pin = 4 }", "numbered from 1"),
            ("relays.300 = { pin = 4 }", "300"),
            ("relays.one = { pin = 4 }", "one"),
            ("relays.1 = { pin = 4, activ = 'low' }", "unknown field `activ`"),
            ("relais.1 = { pin = 4 }", "unknown field `relais`"),
            ("relays.1 = { pin = 4, active = 'up' }", "unknown variant `up`"),
            ("inputs.1 = { pin = 4, debounce_ms = 1001 }", "debounce_ms must be 0 to 1000"),
            (
                "readers.1 = { d0 = 5, d1 = 6, keypad_seconds = 0 }",
                "keypad_seconds must be 1 to 255",
            ),
            ("", "at least one"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn active_low_inverts_the_level() {
        assert!(Active::High.level(true) && !Active::High.level(false));
        assert!(!Active::Low.level(true) && Active::Low.level(false));
    }
}
