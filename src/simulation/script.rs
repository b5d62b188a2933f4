//! A script: what happens when.

use jiff::{SignedDuration, Timestamp};

use super::step::Step;

/// What to play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// What the script follows from.
    pub seed: u64,
    /// How many days pass.
    pub days: u32,
    /// How many doors there are.
    pub doors: usize,
    /// What goes wrong.
    pub troubles: Vec<Trouble>,
}

/// What may go wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// Boards are unplugged.
    Boards,
    /// The network fails.
    Network,
    /// The power is cut.
    Power,
    /// The clock leaps.
    Clock,
    /// Admins get in each other's way.
    Admins,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Boards, Self::Network, Self::Power, Self::Clock, Self::Admins];

    /// Returns its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boards => "boards",
            Self::Network => "network",
            Self::Power => "power",
            Self::Clock => "clock",
            Self::Admins => "admins",
        }
    }
}

/// The steps in the order in which they happen, each with the seconds since the beginning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// How many days pass.
    pub days: u32,
    /// How many doors there are.
    pub doors: usize,
    /// The steps.
    pub steps: Vec<(i64, Step)>,
}

impl Script {
    /// Returns the moment so many seconds after the beginning.
    #[must_use]
    pub fn moment(seconds: i64) -> Timestamp {
        let start = Timestamp::from_second(1_772_431_200).unwrap_or_default(); // 2026-03-02T06:00:00Z
        start.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
    }

    /// Returns how many seconds it lasts.
    #[must_use]
    pub fn end(&self) -> i64 {
        i64::from(self.days) * 86_400
    }

    /// Writes it out, a step a line.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(at, step): &(i64, Step)| format!("{:.0}  {step}\n", Self::moment(*at));
        self.steps.iter().map(line).collect()
    }
}
