//! A facility and what is at its door: `frontdoor=reader1,relay2`.

use std::str::FromStr;

use crate::domain::model::Slug;

/// A facility and what is at its door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Doorway {
    /// The facility.
    pub(super) facility: Slug,
    /// The reader outside, by the number on the board or the place among the pins.
    pub(super) reader: u8,
    /// The reader inside.
    pub(super) exit: Option<u8>,
    /// The relay of the strike.
    pub(super) relay: u8,
}

impl FromStr for Doorway {
    type Err = String;

    /// Reads what is at a door; the relay has the number of the reader unless it is given.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = || {
            format!(
                "`{text}` is not a facility and its reader: write it like frontdoor=reader1 or frontdoor=reader1,relay2,exit2"
            )
        };
        let (facility, rest) = text.split_once('=').ok_or_else(form)?;
        let facility = facility.trim().parse().map_err(|error| format!("{facility}: {error}"))?;
        let (mut reader, mut relay, mut exit) = (None, None, None);
        for part in rest.split(',').map(str::trim) {
            let digits = part.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let number: u8 = digits.parse().ok().filter(|it| *it > 0).ok_or_else(form)?;
            let place = match &part[..part.len() - digits.len()] {
                "reader" | "" => &mut reader,
                "relay" => &mut relay,
                "exit" => &mut exit,
                _ => return Err(form()),
            };
            if place.replace(number).is_some() {
                return Err(form());
            }
        }
        let reader = reader.ok_or_else(form)?;
        Ok(Self { facility, reader, exit, relay: relay.unwrap_or(reader) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_has_the_number_of_its_reader_unless_told() {
        let read = |text: &str| {
            let it: Doorway = text.parse().unwrap();
            (it.facility.to_string(), it.reader, it.relay, it.exit)
        };
        assert_eq!(read("front=reader1"), ("front".into(), 1, 1, None));
        assert_eq!(read("front=2"), ("front".into(), 2, 2, None));
        assert_eq!(read("front=reader1,relay4,exit2"), ("front".into(), 1, 4, Some(2)));
        for text in
            ["front", "front=", "front=door1", "front=reader0", "front=relay1", "=1", "a=1,2"]
        {
            assert!(text.parse::<Doorway>().is_err(), "{text}");
        }
    }
}
