//! What is connected, and the text that says so in the configuration.

use std::{fmt::Write as _, path::PathBuf};

use super::{doorway::Doorway, pin_set::PinSet};

/// What is connected to the machine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Wiring {
    /// The port of a board.
    pub(super) board: Option<PathBuf>,
    /// The pins of each door, in their order.
    pub(super) pins: Vec<PinSet>,
    /// The doors; without board and pins they are simulated.
    pub(super) doors: Vec<Doorway>,
}

impl Wiring {
    /// Returns the name of the device with the readers and relays.
    fn device(&self) -> &'static str {
        match (&self.board, self.pins.is_empty()) {
            (Some(_), _) => "board",
            (None, false) => "pins",
            (None, true) => "sim",
        }
    }

    /// Returns the text of the configuration.
    pub(super) fn text(&self, records: &str) -> String {
        let mut text = format!(
            "# What is connected to this machine, written by `sudo space door setup`. Every other option is shown\n\
             # in /usr/share/doc/space/examples/door.toml.\n\n\
             space = \"{records}\"\njournal = \"/var/lib/space/journal\"\nsocket = \"/run/space/door.sock\"\n"
        );
        // Writing to a string cannot fail.
        let _ = self.write_devices(&mut text).and_then(|()| self.write_doors(&mut text));
        text
    }

    fn write_devices(&self, to: &mut String) -> std::fmt::Result {
        if let Some(port) = &self.board {
            // What is a string in JSON is one in TOML.
            let port = serde_json::Value::from(port.display().to_string());
            writeln!(to, "\n[devices.board.accx]\nport = {port}")?;
        }
        if self.device() == "sim" {
            writeln!(to, "\n[devices.sim.simulator]")?;
        }
        let numbered = || (1..).zip(&self.pins);
        let table = |to: &mut String, name: &str, rows: Vec<String>| match rows.is_empty() {
            true => Ok(()),
            false => writeln!(to, "\n[devices.pins.gpio.{name}]\n{}", rows.join("\n")),
        };
        table(to, "relays", numbered().filter_map(|(n, it)| it.relay_row(n)).collect())?;
        table(to, "readers", numbered().filter_map(|(n, it)| it.reader_row(n)).collect())?;
        table(to, "inputs", numbered().flat_map(|(n, it)| it.input_rows(n)).collect())
    }

    fn write_doors(&self, to: &mut String) -> std::fmt::Result {
        let device = self.device();
        for door in &self.doors {
            let Doorway { facility, reader, exit, relay } = door;
            writeln!(to, "\n[doors.{facility}]\nstrikes = [\"{device}:{relay}\"]")?;
            if device != "sim" {
                writeln!(to, "entry = [\"{device}:{reader}\"]")?;
            }
            if let Some(exit) = exit {
                writeln!(to, "exit = [\"{device}:{exit}\"]")?;
            }
            if let Some(pins) = self.pins.get(usize::from(*reader).saturating_sub(1)) {
                if pins.button.is_some() {
                    writeln!(to, "buttons = [\"pins:{}\"]", PinSet::button_number(*reader))?;
                }
                if pins.contact.is_some() {
                    writeln!(to, "contact = \"pins:{}\"", PinSet::contact_number(*reader))?;
                }
            }
            writeln!(to, "unlock_seconds = {}", crate::config::Door::UNLOCK_SECONDS)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;

    fn doors(all: &[&str]) -> Vec<Doorway> {
        all.iter().map(|it| it.parse().unwrap()).collect()
    }

    /// Whatever is answered, the configuration is one that the door takes.
    fn read(wiring: &Wiring) -> (String, Config) {
        let text = wiring.text("/var/lib/space/space.git");
        let config = Config::parse(Path::new("door.toml"), &text);
        let config = config.unwrap_or_else(|findings| panic!("{findings:?} in {text}"));
        (text, config)
    }

    #[test]
    fn a_board_has_readers_and_relays_and_the_pins_have_the_rest() {
        let pins = vec!["button=22".parse().unwrap(), "button=23,contact=24".parse().unwrap()];
        let board = Some("/dev/ttyACM0".into());
        let doors = doors(&["frontdoor=reader1", "workshop=reader2,relay4"]);
        let (text, config) = read(&Wiring { board, pins, doors });
        assert!(text.contains("port = \"/dev/ttyACM0\""), "{text}");
        let [front, workshop] = ["frontdoor", "workshop"].map(|it| &config.doors[it]);
        assert_eq!(format!("{:?} {:?}", front.strikes, front.entry), "[board:1] [board:1]");
        assert_eq!(format!("{:?} {:?}", front.buttons, front.contact), "[pins:1] None");
        assert_eq!(format!("{:?} {:?}", workshop.strikes, workshop.entry), "[board:4] [board:2]");
        assert_eq!(
            format!("{:?} {:?}", workshop.buttons, workshop.contact),
            "[pins:3] Some(pins:4)"
        );
    }

    #[test]
    fn pins_alone_have_everything() {
        let pins = ["relay=17,d0=5,d1=6,green=13,button=22", "relay=27:low,d0=16,d1=20"];
        let pins = pins.map(|it| it.parse().unwrap()).to_vec();
        let (text, config) = read(&Wiring { board: None, pins, doors: doors(&["a=1,exit2"]) });
        assert!(text.contains("2 = { pin = 27, active = \"low\" }"), "{text}");
        assert_eq!(format!("{:?}", config.doors["a"].exit), "[pins:2]");
    }

    #[test]
    fn with_nothing_connected_doors_are_simulated() {
        let (_, config) = read(&Wiring { doors: doors(&["a=1"]), ..Wiring::default() });
        assert!(config.devices.values().all(crate::config::Device::is_simulator));
    }
}
