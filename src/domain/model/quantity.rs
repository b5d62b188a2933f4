//! What a meter measures.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Unit, text, unit::Base};

/// What a meter measures.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Electric power that is drawn now.
    Power,
    /// Electric energy, by a counter.
    Energy,
    /// Gas, by a counter.
    Gas,
    /// Heat, by a counter.
    Heat,
    /// Water, by a counter.
    Water,
    /// A temperature.
    Temperature,
    /// The relative humidity of air.
    Humidity,
    /// The carbon dioxide in air.
    Co2,
    /// Whether something is switched on.
    Switch,
    /// Whether a window is open.
    Window,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: [Self; 10] = [
        Self::Power,
        Self::Energy,
        Self::Gas,
        Self::Heat,
        Self::Water,
        Self::Temperature,
        Self::Humidity,
        Self::Co2,
        Self::Switch,
        Self::Window,
    ];

    /// Returns the word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Energy => "energy",
            Self::Gas => "gas",
            Self::Heat => "heat",
            Self::Water => "water",
            Self::Temperature => "temperature",
            Self::Humidity => "humidity",
            Self::Co2 => "co2",
            Self::Switch => "switch",
            Self::Window => "window",
        }
    }

    /// Tells whether its meters count on and on, so that the difference of two readings is what was used.
    #[must_use]
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Energy | Self::Gas | Self::Heat | Self::Water)
    }

    /// Tells whether use of it can be paid for.
    #[must_use]
    pub const fn is_used(self) -> bool {
        self.is_counted() || matches!(self, Self::Power)
    }

    /// Tells whether it is either on or off.
    #[must_use]
    pub const fn is_flag(self) -> bool {
        matches!(self, Self::Switch | Self::Window)
    }

    /// Returns the unit that a meter of it has unless something else is said.
    #[must_use]
    pub const fn usual_unit(self) -> Unit {
        match self {
            Self::Power => Unit::Watt,
            Self::Energy | Self::Heat => Unit::KilowattHour,
            Self::Gas | Self::Water => Unit::CubicMetre,
            Self::Temperature => Unit::Celsius,
            Self::Humidity => Unit::Percent,
            Self::Co2 => Unit::PartsPerMillion,
            Self::Switch | Self::Window => Unit::OnOff,
        }
    }

    /// Tells whether it can be measured in a unit. Gas is counted in volume or, by some meters, in energy.
    #[must_use]
    pub const fn fits(self, unit: Unit) -> bool {
        let base = unit.base();
        match self {
            Self::Power => matches!(base, Base::Watt),
            Self::Energy | Self::Heat => matches!(base, Base::WattHour),
            Self::Gas => matches!(base, Base::WattHour | Base::Litre),
            Self::Water => matches!(base, Base::Litre),
            Self::Temperature => matches!(base, Base::Celsius),
            Self::Humidity => matches!(base, Base::Percent),
            Self::Co2 => matches!(base, Base::PartsPerMillion),
            Self::Switch | Self::Window => matches!(base, Base::OnOff),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Quantity {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|it| it.word()).collect();
            format!("`{}` cannot be measured: use {}", text::shown(word), all.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantity_is_read_by_its_word_and_fits_its_usual_unit() {
        for quantity in Quantity::ALL {
            assert_eq!(quantity.word().parse(), Ok(quantity));
            let json = serde_json::to_string(&quantity).unwrap();
            assert_eq!(json, format!("\"{quantity}\""));
            assert!(quantity.fits(quantity.usual_unit()), "{quantity}");
            let fitting = Unit::ALL.into_iter().filter(|unit| quantity.fits(*unit)).count();
            assert!(fitting < Unit::ALL.len(), "{quantity}");
        }
        assert!("steam".parse::<Quantity>().unwrap_err().contains("use power, energy"));
    }
}
