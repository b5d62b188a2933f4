//! What hangs on this machine.

use serde::Deserialize;

/// One device, and how it is reached.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Device {
    /// Readings are typed at the terminal, relays are only noted.
    Simulator {},
}

/// What the end of a wire at a device is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum End {
    Reader,
    Relay,
    Input,
}

impl Device {
    /// Says what kind of device it is, in words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Simulator {} => "simulator",
        }
    }

    /// Looks whether the device is there, without touching it; if not, says why, and what to do.
    ///
    /// # Errors
    /// What is wrong, and what to do.
    pub fn look(&self) -> Result<String, (String, String)> {
        match self {
            Self::Simulator {} => Ok("simulated".to_owned()),
        }
    }

    /// Tells whether readings are simulated.
    #[must_use]
    pub const fn is_simulator(&self) -> bool {
        matches!(self, Self::Simulator {})
    }

    /// Tells whether the device has such an end.
    pub(super) fn has(&self, end: End, number: u8) -> bool {
        match self {
            Self::Simulator {} => end == End::Relay && number <= 8,
        }
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
