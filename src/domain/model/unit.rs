//! The unit of a meter's numbers, and what it is in the unit that measurements are kept in.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text;

/// The unit that measurements are kept in, whatever a meter speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "their names say what they are")]
pub enum Base {
    Watt,
    WattHour,
    Litre,
    Celsius,
    Percent,
    PartsPerMillion,
    OnOff,
}

macro_rules! units {
    ($($unit:ident $word:literal $shown:literal = $base:ident * $factor:expr $(, from $zero:expr)?;)+) => {
        /// The unit of a meter's numbers.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema)]
        #[expect(missing_docs, reason = "their names say what they are")]
        pub enum Unit {
            $(#[serde(rename = $word)] $unit,)+
        }

        impl Unit {
            /// Every unit.
            pub const ALL: [Self; 18] = [$(Self::$unit),+];

            /// Returns how it is written in a record.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$unit => $word,)+ }
            }

            /// Returns how it is shown to people.
            #[must_use]
            pub const fn shown(self) -> &'static str {
                match self { $(Self::$unit => $shown,)+ }
            }

            /// Returns the unit in which its measurements are kept.
            #[must_use]
            pub const fn base(self) -> Base {
                match self { $(Self::$unit => Base::$base,)+ }
            }

            /// Converts a number to the base unit.
            #[must_use]
            pub fn to_base(self, number: f64) -> f64 {
                match self { $(Self::$unit => (number $(- $zero)?) * $factor,)+ }
            }

            /// Converts a number from the base unit.
            #[must_use]
            pub fn from_base(self, number: f64) -> f64 {
                match self { $(Self::$unit => number / $factor $(+ $zero)?,)+ }
            }
        }
    };
}

units! {
    Watt "W" "W" = Watt * 1.0;
    Kilowatt "kW" "kW" = Watt * 1e3;
    WattHour "Wh" "Wh" = WattHour * 1.0;
    KilowattHour "kWh" "kWh" = WattHour * 1e3;
    MegawattHour "MWh" "MWh" = WattHour * 1e6;
    WattMinute "Wmin" "W min" = WattHour * (1.0 / 60.0);
    Joule "J" "J" = WattHour * (1.0 / 3_600.0);
    Kilojoule "kJ" "kJ" = WattHour * (1.0 / 3.6);
    Megajoule "MJ" "MJ" = WattHour * (1e3 / 3.6);
    CubicMetre "m3" "m³" = Litre * 1e3;
    Litre "l" "l" = Litre * 1.0;
    CubicFoot "ft3" "ft³" = Litre * 28.316_846_592;
    Celsius "C" "°C" = Celsius * 1.0;
    Fahrenheit "F" "°F" = Celsius * (5.0 / 9.0), from 32.0;
    Kelvin "K" "K" = Celsius * 1.0, from 273.15;
    Percent "%" "%" = Percent * 1.0;
    PartsPerMillion "ppm" "ppm" = PartsPerMillion * 1.0;
    OnOff "on-off" "on or off" = OnOff * 1.0;
}

impl Base {
    /// The number that stands for each in files of measurements.
    const CODES: [(Self, u8); 7] = [
        (Self::Watt, 1),
        (Self::WattHour, 2),
        (Self::Litre, 3),
        (Self::Celsius, 4),
        (Self::Percent, 5),
        (Self::PartsPerMillion, 6),
        (Self::OnOff, 7),
    ];

    /// Returns the number that stands for it in files of measurements.
    #[must_use]
    pub fn code(self) -> u8 {
        Self::CODES.iter().find(|(base, _)| *base == self).map_or(0, |(_, code)| *code)
    }

    /// Returns the unit for a number in files of measurements.
    #[must_use]
    pub fn of_code(code: u8) -> Option<Self> {
        Self::CODES.iter().find(|(_, it)| *it == code).map(|(base, _)| *base)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|it| it.word() == word || it.shown() == word);
        found.ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|it| it.word()).collect();
            format!("`{}` is not a unit: use {}", text::shown(word), all.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_converted_to_what_is_kept() {
        for (unit, number, base) in [
            (Unit::Kilowatt, 1.5, 1_500.0),
            (Unit::WattMinute, 60.0, 1.0),
            (Unit::Joule, 3_600.0, 1.0),
            (Unit::Kilojoule, 3.6, 1.0),
            (Unit::Megajoule, 3.6, 1_000.0),
            (Unit::MegawattHour, 0.001, 1_000.0),
            (Unit::CubicMetre, 0.25, 250.0),
            (Unit::CubicFoot, 35.314_666_721, 1_000.0),
            (Unit::Fahrenheit, 212.0, 100.0),
            (Unit::Fahrenheit, -40.0, -40.0),
            (Unit::Kelvin, 273.15, 0.0),
            (Unit::Percent, 55.0, 55.0),
        ] {
            let converted = unit.to_base(number);
            assert!((converted - base).abs() < 1e-6, "{number} {unit} is {converted}");
            assert!((unit.from_base(base) - number).abs() < 1e-6, "{base} back to {unit}");
        }
    }

    #[test]
    fn every_unit_is_read_as_it_is_written_and_as_it_is_shown() {
        for unit in Unit::ALL {
            assert_eq!((unit.word().parse(), unit.shown().parse()), (Ok(unit), Ok(unit)));
            assert_eq!(serde_json::to_string(&unit).unwrap(), format!("\"{unit}\""));
            assert_eq!(Base::of_code(unit.base().code()), Some(unit.base()));
        }
        assert_eq!(Base::of_code(0), None);
        assert!("BTU".parse::<Unit>().is_err());
    }
}
