//! The configuration of a board.

use std::path::PathBuf;

use serde::Deserialize;

use super::{READERS, RELAYS};

/// Where the board is connected.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Its serial port. A name in `/dev/serial/by-id/` stays the same when it is plugged in
    /// elsewhere.
    pub port: PathBuf,
}

impl Options {
    /// Checks that the board has a relay of that number.
    ///
    /// # Errors
    /// A sentence that says which relays there are.
    pub fn check_relay(relay: u8) -> Result<(), String> {
        let (first, last) = RELAYS.into_inner();
        let good = (first..=last).contains(&relay);
        good.then_some(())
            .ok_or_else(|| format!("there is no relay {relay}: use {first} to {last}"))
    }

    /// Checks that the board has a reader of that number.
    ///
    /// # Errors
    /// A sentence that says which readers there are.
    pub fn check_reader(reader: u8) -> Result<(), String> {
        let (first, last) = READERS.into_inner();
        let good = (first..=last).contains(&reader);
        good.then_some(())
            .ok_or_else(|| format!("there is no reader {reader}: use {first} or {last}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relays_and_readers_are_counted_from_1() {
        for relay in 1..=4 {
            Options::check_relay(relay).unwrap();
        }
        for relay in [0, 5, 255] {
            assert!(Options::check_relay(relay).unwrap_err().contains("1 to 4"));
        }
        assert!((1..=2).all(|reader| Options::check_reader(reader).is_ok()));
        assert!(Options::check_reader(0).is_err() && Options::check_reader(3).is_err());
    }

    /// Fault 4 of a former driver: a setting was read under a different name than it was written.
    #[test]
    fn a_setting_that_means_nothing_is_an_error() {
        let good: Options = toml::from_str("port = '/dev/ttyUSB0'").unwrap();
        assert_eq!(good.port.to_str(), Some("/dev/ttyUSB0"));
        let error = toml::from_str::<Options>("port = '/dev/ttyUSB0'\nunlock = 2.0").unwrap_err();
        assert!(error.to_string().contains("unlock"), "{error}");
        assert!(toml::from_str::<Options>("").is_err());
    }
}
