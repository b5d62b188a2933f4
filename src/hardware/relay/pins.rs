//! A relay on a pin.

use std::fmt;

use tokio::sync::mpsc;

use super::{Drive, Relay, options::Wires};
use crate::hardware::gpio::{Chip, Edges, Pins, Setup};

/// A relay on a pin.
pub struct PinRelay {
    pins: Box<dyn Pins>,
    wires: Wires,
    /// The level of a pin that keeps its relay closed by changing.
    high: bool,
}

impl PinRelay {
    /// Takes the pins of a chip; the relay is open from the first moment on.
    ///
    /// # Errors
    /// The pins are not available: a sentence.
    pub fn open(mut chip: impl Chip, wires: &Wires) -> Result<Self, String> {
        let mut setup = vec![Setup::Output { pin: wires.pin, high: wires.active.level(false) }];
        let lights = [wires.lamp, wires.buzzer].into_iter().flatten();
        setup.extend(lights.map(|pin| Setup::Output { pin, high: false }));
        setup.extend(wires.thermostat.map(|pin| Setup::Input {
            pin,
            pull: Some(true),
            edges: Edges::Both,
        }));
        // The level is looked at each period; nobody waits for an edge.
        let (edges, _) = mpsc::unbounded_channel();
        let (_, pins) = chip.open(&setup, edges)?;
        Ok(Self { pins, wires: wires.clone(), high: false })
    }
}

impl Relay for PinRelay {
    fn set(&mut self, closed: bool) -> Result<(), String> {
        self.high = match self.wires.drive {
            Drive::Steady => self.wires.active.level(closed),
            Drive::Pulse => closed && !self.high,
        };
        self.pins.set(self.wires.pin, self.high);
        Ok(())
    }

    fn warn(&mut self, on: bool) {
        for pin in [self.wires.lamp, self.wires.buzzer].into_iter().flatten() {
            self.pins.set(pin, on);
        }
    }

    fn asked(&mut self) -> bool {
        // An open wire is held high, and asks for nothing.
        self.wires.thermostat.is_none_or(|pin| !self.pins.is_high(pin))
    }
}

impl Drop for PinRelay {
    fn drop(&mut self) {
        let _ = self.set(false); // it cannot fail
        self.warn(false);
    }
}

impl fmt::Debug for PinRelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinRelay").field("wires", &self.wires).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hardware::{gpio::SimulatedChip, relay::RelayOptions};

    fn open(text: &str) -> (SimulatedChip, PinRelay) {
        let RelayOptions::Pins(wires) = toml::from_str(text).unwrap() else { panic!("{text}") };
        let chip = SimulatedChip::default();
        let relay = PinRelay::open(chip.clone(), &wires).unwrap();
        (chip, relay)
    }

    #[test]
    fn it_is_open_at_first_and_at_last() {
        for (text, closed) in [("pin = 17", true), ("pin = 17\nactive = 'low'", false)] {
            let (chip, mut relay) = open(text);
            assert_eq!(chip.output(17), Some(!closed), "{text}");
            relay.set(true).unwrap();
            assert_eq!(chip.output(17), Some(closed));
            relay.set(true).unwrap();
            assert_eq!(chip.output(17), Some(closed));
            drop(relay);
            assert_eq!(chip.output(17), Some(!closed));
        }
    }

    /// Whatever becomes of the program, the changes end with it.
    #[test]
    fn a_relay_that_wants_pulses_gets_a_change_each_period() {
        let (chip, mut relay) = open("pin = 17\ndrive = 'pulse'");
        let mut levels = Vec::new();
        for closed in [false, true, true, true, true, false, false, true] {
            relay.set(closed).unwrap();
            levels.push(chip.output(17).unwrap());
        }
        assert_eq!(levels, [false, true, false, true, false, false, false, true]);
        drop(relay);
        assert_eq!(chip.output(17), Some(false));
    }

    #[test]
    fn a_thermostat_asks_while_it_connects_its_pin_to_ground_and_an_open_wire_asks_for_nothing() {
        let (chip, mut relay) = open("pin = 17\nthermostat = 23\nlamp = 24\nbuzzer = 25");
        assert!(!relay.asked());
        chip.drive(23, false);
        assert!(relay.asked());
        relay.warn(true);
        assert_eq!((chip.output(24), chip.output(25)), (Some(true), Some(true)));
        drop(relay);
        assert_eq!((chip.output(24), chip.output(25)), (Some(false), Some(false)));
        let (_, mut relay) = open("pin = 17");
        assert!(relay.asked(), "without a thermostat, the furnace's own decides");
    }
}
