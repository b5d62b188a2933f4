//! A wire to a device: `board:1`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, de::Error as _};

use crate::domain::model::Slug;

/// A reader, relay or input of a device, numbered from 1 as printed on it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wire {
    /// The name of the device.
    pub device: Slug,
    /// The number of the reader, relay or input.
    pub number: u8,
}

impl FromStr for Wire {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wire = || {
            let (device, number) = text.split_once(':')?;
            let number = number.parse().ok().filter(|number| *number > 0)?;
            Some(Self { device: device.parse().ok()?, number })
        };
        wire().ok_or_else(|| {
            format!("`{text}` is not a wire: write a device and a number, like board:1")
        })
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.device, self.number)
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<'de> Deserialize<'de> for Wire {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wire_is_a_device_and_a_number() {
        let wire: Wire = "board:2".parse().unwrap();
        assert_eq!((wire.device.as_str(), wire.number), ("board", 2));
        assert_eq!(wire.to_string(), "board:2");
        for text in ["board", "board:", "board:0", "board:256", ":1", "Board:1", "board:1:2", ""] {
            assert!(text.parse::<Wire>().is_err(), "{text}");
        }
    }
}
