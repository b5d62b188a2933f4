//! The devices connected to this machine.

use serde::Deserialize;

#[cfg(unix)]
use crate::hardware::accx;
use crate::hardware::{gpio, keyboard};

/// One device, and how it is connected.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Device {
    /// Readings are typed at the terminal, and relays only recorded.
    Simulator {},
    /// An ACCX board on a serial port.
    #[cfg(unix)]
    Accx(accx::Options),
    /// The pins of a Raspberry Pi.
    Gpio(gpio::Options),
    /// A keyboard used as a reader.
    Keyboard(keyboard::Options),
}

/// What a wire connects to at a device.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum End {
    Reader,
    Relay,
    Input,
}

impl Device {
    /// Returns the kind of device, in words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Simulator {} => "simulator",
            #[cfg(unix)]
            Self::Accx(_) => "ACCX board",
            Self::Gpio(_) => "pins",
            Self::Keyboard(_) => "keyboard",
        }
    }

    /// Checks whether the device is present, without using it.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn probe(&self) -> Result<String, String> {
        if !cfg!(feature = "wires") && !self.is_simulator() {
            return Err(crate::left_out::wires());
        }
        match self {
            Self::Simulator {} => Ok("simulated".to_owned()),
            #[cfg(unix)]
            Self::Accx(options) => may_be_used(&options.port),
            #[cfg(unix)]
            Self::Gpio(_) => may_be_used(std::path::Path::new("/dev/gpiochip0")),
            #[cfg(unix)]
            Self::Keyboard(_) => may_be_used(std::path::Path::new("/dev/input")),
            #[cfg(not(unix))]
            Self::Gpio(_) | Self::Keyboard(_) => Err("this system does not support it".to_owned()),
        }
    }

    /// Tells whether readings are simulated.
    #[must_use]
    pub const fn is_simulator(&self) -> bool {
        matches!(self, Self::Simulator {})
    }

    /// Tells whether the device has such a reader, relay or input.
    pub(super) fn has(&self, end: End, number: u8) -> bool {
        match self {
            Self::Simulator {} => end == End::Relay && number <= 8,
            #[cfg(unix)]
            Self::Accx(_) => match end {
                End::Reader => accx::READERS.contains(&number),
                End::Relay => accx::RELAYS.contains(&number),
                End::Input => false,
            },
            Self::Gpio(options) => match end {
                End::Reader => options.readers().any(|it| it == number),
                End::Relay => options.relays().any(|it| it == number),
                End::Input => options.inputs().any(|it| it == number),
            },
            Self::Keyboard(_) => end == End::Reader && number == 1,
        }
    }
}

/// Checks whether this user may read and write a device's file.
#[cfg(unix)]
fn may_be_used(path: &std::path::Path) -> Result<String, String> {
    use nix::unistd::{AccessFlags, access};
    match access(path, AccessFlags::R_OK | AccessFlags::W_OK) {
        Ok(()) => Ok(path.display().to_string()),
        Err(error) => Err(format!("{}: {}", path.display(), error.desc())),
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Reader => "reader",
            Self::Relay => "relay",
            Self::Input => "input",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_documentation_of_a_device_shows_is_read() {
        for (kind, source, shown) in [
            ("gpio", include_str!("../hardware/gpio/options.rs"), 1),
            ("keyboard", include_str!("../hardware/keyboard/options.rs"), 2),
        ] {
            let examples = source.split("/// ```toml\n").skip(1);
            let read = examples.map(|example| {
                let lines = example.lines().take_while(|line| *line != "/// ```");
                let lines = lines.filter_map(|line| line.strip_prefix("/// "));
                let text: Vec<_> = lines.map(|it| it.replace('[', &format!("[{kind}."))).collect();
                let device = format!("[{kind}]\n{}", text.join("\n"));
                toml::from_str::<Device>(&device).unwrap();
            });
            assert_eq!(read.count(), shown, "{kind}");
        }
    }
}
