//! What the guard tells about, in its log and its journal.

use std::fmt;

use serde::Serialize;

use crate::{config::GuardState, service::LogEvent};

/// Something that happened.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// It began.
    Started {
        /// How many thermometers there are.
        thermometers: usize,
        /// From which temperature on heat is cut, in degrees Celsius.
        limit: f64,
    },
    /// The state, its reason or the relay changed.
    Changed {
        /// `starting`, `allowed` or `cut`.
        state: &'static str,
        /// Why heat is cut, if it is.
        reason: Option<&'static str>,
        /// `open` or `closed`.
        relay: &'static str,
        /// Whether heat is asked for.
        asked: bool,
        /// The warmest thermometer, in degrees Celsius.
        warmest: Option<f64>,
    },
    /// What to think of a thermometer changed.
    Thermometer {
        /// Which one.
        name: String,
        /// `good`, `silent`, `implausible`, `too-fast` or `frozen`.
        verdict: &'static str,
        /// Its temperature, in degrees Celsius.
        temperature: Option<f64>,
        /// Why it says nothing, as far as is known.
        why: Option<String>,
    },
    /// Something beside the furnace does not work. The guard goes on.
    Trouble {
        /// What, and why.
        why: String,
    },
    /// It ends as it was told to.
    Stopped {},
}

impl LogEvent for Event {
    fn gravity(&self) -> u8 {
        match self {
            Self::Changed { state: "cut", .. } | Self::Trouble { .. } => 4,
            Self::Thermometer { verdict, .. } if *verdict != "good" => 5,
            Self::Started { .. }
            | Self::Changed { .. }
            | Self::Thermometer { .. }
            | Self::Stopped {} => 6,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { thermometers, limit } => {
                let many = if *thermometers == 1 { "" } else { "s" };
                write!(f, "guards the furnace: {thermometers} thermometer{many}, limit {limit} °C")
            }
            Self::Changed { state, reason, relay, asked, warmest } => {
                let words = reason.map_or(*state, GuardState::words);
                let demand = if *asked { "" } else { ", no heat is asked for" };
                write!(f, "{words}: relay {relay}{demand}")?;
                warmest.map_or(Ok(()), |warmest| write!(f, ", {warmest:.1} °C"))?;
                if *reason == Some("too-warm") { f.write_str("; open a window") } else { Ok(()) }
            }
            Self::Thermometer { name, verdict, temperature, why } => {
                write!(f, "thermometer {name}: {verdict}")?;
                temperature.map_or(Ok(()), |degrees| write!(f, ", {degrees:.1} °C"))?;
                why.as_ref().map_or(Ok(()), |why| write!(f, " ({why})"))
            }
            Self::Trouble { why } => f.write_str(why),
            Self::Stopped {} => f.write_str("stopped; heat is off"),
        }
    }
}
