//! What an attacker can do to a furnace and its guard.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// What an attacker does from a moment on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Attack {
    /// Turns the thermostat to full.
    ThermostatFull,
    /// Pulls the thermometer off.
    StopSensor,
    /// Makes the thermometer say the same for ever.
    Freeze,
    /// Makes the thermometer lie by 3 degrees more each minute, downwards.
    Drift,
    /// Kills the guard's process every ten minutes.
    Kill,
    /// Sets the clock back a year.
    Clock,
    /// Fills the disk.
    FullDisk,
}

impl Attack {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::ThermostatFull,
        Self::StopSensor,
        Self::Freeze,
        Self::Drift,
        Self::Kill,
        Self::Clock,
        Self::FullDisk,
    ];

    /// Returns the word for it: `thermostat-full`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ThermostatFull => "thermostat-full",
            Self::StopSensor => "stop-sensor",
            Self::Freeze => "freeze",
            Self::Drift => "drift",
            Self::Kill => "kill",
            Self::Clock => "clock",
            Self::FullDisk => "full-disk",
        }
    }
}

impl fmt::Display for Attack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ThermostatFull => "the thermostat is turned to full",
            Self::StopSensor => "the thermometer is pulled off",
            Self::Freeze => "the thermometer says the same from now on",
            Self::Drift => "the thermometer lies, by 3 degrees more each minute",
            Self::Kill => "the guard is killed, and again every ten minutes",
            Self::Clock => "the clock is set back a year, which the guard does not read",
            Self::FullDisk => "the disk is full: the guard can tell nobody, and goes on",
        })
    }
}
