//! The pins of one door: `relay=17,d0=5,d1=6,green=13,button=22`.

use std::str::FromStr;

/// The pins of one door, by their BCM numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct PinSet {
    relay: Option<Pin>,
    d0: Option<Pin>,
    d1: Option<Pin>,
    green: Option<Pin>,
    red: Option<Pin>,
    beep: Option<Pin>,
    /// The button inside.
    pub(super) button: Option<Pin>,
    /// The contact that tells whether the door stands open.
    pub(super) contact: Option<Pin>,
}

/// A pin, and whether it is on when it is low: `17:low`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pin {
    number: u8,
    low: bool,
}

/// How pins are written.
pub(super) const EXAMPLE: &str = "relay=17,d0=5,d1=6,green=13,button=22";

impl FromStr for PinSet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = |part: &str| {
            format!(
                "`{part}` does not name a pin: write them like {EXAMPLE}; what there is: relay, d0, d1, \
                 green, red, beep, button, contact"
            )
        };
        let mut set = Self::default();
        for part in text.split(',').map(str::trim) {
            let (name, pin) = part.split_once('=').ok_or_else(|| wrong(part))?;
            let (number, low) = pin.strip_suffix(":low").map_or((pin, false), |it| (it, true));
            let number = number.parse().map_err(|_| wrong(part))?;
            let place = match name {
                "relay" => &mut set.relay,
                "d0" => &mut set.d0,
                "d1" => &mut set.d1,
                "green" => &mut set.green,
                "red" => &mut set.red,
                "beep" => &mut set.beep,
                "button" => &mut set.button,
                "contact" => &mut set.contact,
                _ => return Err(wrong(part)),
            };
            if low && name != "relay" {
                return Err(format!("`{part}`: only a relay may be :low; the rest is as usual"));
            }
            if place.replace(Pin { number, low }).is_some() {
                return Err(format!("{name} is given twice in `{text}`"));
            }
        }
        if set.d0.is_some() != set.d1.is_some() {
            return Err(format!("a reader has two data lines: give both d0 and d1 in `{text}`"));
        }
        Ok(set)
    }
}

impl PinSet {
    /// Tells whether there is a reader.
    pub(super) const fn has_reader(&self) -> bool {
        self.d0.is_some()
    }

    /// Returns the number of the input that the button of a door is.
    pub(super) const fn button_number(door: u8) -> u8 {
        door.saturating_mul(2).saturating_sub(1)
    }

    /// Returns the number of the input that the contact of a door is.
    pub(super) const fn contact_number(door: u8) -> u8 {
        door.saturating_mul(2)
    }

    /// Returns the line of its relay.
    pub(super) fn relay_row(&self, door: u8) -> Option<String> {
        let Pin { number, low } = self.relay?;
        let low = if low { ", active = \"low\"" } else { "" };
        Some(format!("{door} = {{ pin = {number}{low} }}"))
    }

    /// Returns the line of its reader.
    pub(super) fn reader_row(&self, door: u8) -> Option<String> {
        let wires = [
            ("d0", self.d0),
            ("d1", self.d1),
            ("green", self.green),
            ("red", self.red),
            ("beep", self.beep),
        ];
        let wires =
            wires.iter().filter_map(|(name, pin)| Some(format!("{name} = {}", (*pin)?.number)));
        self.d0.map(|_| format!("{door} = {{ {} }}", wires.collect::<Vec<_>>().join(", ")))
    }

    /// Returns the lines of its button and its contact.
    pub(super) fn input_rows(&self, door: u8) -> Vec<String> {
        let inputs =
            [(Self::button_number(door), self.button), (Self::contact_number(door), self.contact)];
        let row = |(number, pin): (u8, Option<Pin>)| {
            let pin = pin?.number;
            Some(format!("{number} = {{ pin = {pin}, active = \"low\", pull = \"up\" }}"))
        };
        inputs.into_iter().filter_map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_pin_is_told() {
        for (text, words) in [
            ("relay", "does not name a pin"),
            ("relay=x", "does not name a pin"),
            ("bell=4", "does not name a pin"),
            ("d0=5", "both d0 and d1"),
            ("relay=4,relay=5", "relay is given twice"),
            ("button=4:low", "only a relay"),
        ] {
            let error = text.parse::<PinSet>().unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
        assert!(EXAMPLE.parse::<PinSet>().unwrap().has_reader());
    }
}
