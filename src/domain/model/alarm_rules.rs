//! What somebody is told about the building, who that is, and when they are left alone: a part of
//! `space.json`.

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{text, words::words};

/// What somebody is told about the building, and who that is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AlarmRules {
    /// The addresses that get a letter about each alarm, and one about its end.
    pub to: Vec<String>,
    /// When no letters are sent; they wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// The kinds that wait for nothing.
    pub urgent: BTreeSet<AlarmKind>,
    /// The kinds that are not watched for.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub off: BTreeSet<AlarmKind>,
    /// The months in which nobody should ask for heat, from 1 to 12.
    pub summer: Months,
    /// How much power may be drawn while nobody is in, in watts.
    pub idle_watts: u32,
}

/// A time of day, and the one at which it is over: `22:00` to `07:00` is a night.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// When they begin, by the clock on the wall.
    pub from: Time,
    /// When they are over.
    pub until: Time,
}

/// Months of a year, both ends included; 11 to 2 is a summer in the south.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Months {
    /// The first.
    pub from: u8,
    /// The last.
    pub until: u8,
}

words! {
    /// What an alarm is about.
    AlarmKind, "alarm":
    GuardCut "guard-cut" "The guard has cut the furnace.",
    GuardSilent "guard-silent" "The guard gives no sign of life.",
    HeatInSummer "heat-in-summer" "Heat is asked for in summer.",
    WindowOpen "window-open" "A window is open while it is heated.",
    PowerUnused "power-unused" "Power is drawn while nobody is in.",
    MeterHigh "meter-high" "A meter says more than it should.",
    MeterLow "meter-low" "A meter says less than it should.",
    MeterSilent "meter-silent" "A meter has fallen silent.",
    DoorForced "door-forced" "A door was opened while it was locked.",
    DoorHeldOpen "door-held-open" "A door stands open.",
}

impl Default for AlarmRules {
    fn default() -> Self {
        Self {
            to: Vec::new(),
            quiet: None,
            urgent: BTreeSet::from([
                AlarmKind::GuardCut,
                AlarmKind::HeatInSummer,
                AlarmKind::DoorForced,
            ]),
            off: BTreeSet::new(),
            summer: Months { from: 6, until: 8 },
            idle_watts: 500,
        }
    }
}

impl AlarmRules {
    /// Tells whether nothing was set.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl QuietHours {
    /// Tells whether a time of day is among them.
    #[must_use]
    pub fn contain(self, time: Time) -> bool {
        if self.from <= self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

impl Months {
    /// Tells whether a month, from 1 to 12, is among them.
    #[must_use]
    pub const fn contain(self, month: u8) -> bool {
        if self.from <= self.until {
            self.from <= month && month <= self.until
        } else {
            self.from <= month || month <= self.until
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}

impl FromStr for QuietHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
        let both = text.split_once('-').and_then(|(from, until)| read(from).zip(read(until)));
        let (from, until) = both.ok_or_else(|| {
            format!("`{}` are not quiet hours: write them like 22:00-07:00", text::shown(text))
        })?;
        Ok(Self { from, until })
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.until)
    }
}

impl FromStr for Months {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |text: &str| text.trim().parse().ok().filter(|it| (1..=12).contains(it));
        let both = text.split_once('-').and_then(|(from, until)| read(from).zip(read(until)));
        let (from, until) = both.ok_or_else(|| {
            format!("`{}` are not months: write them like 6-8", text::shown(text))
        })?;
        Ok(Self { from, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_on_the_command_line() {
        for kind in AlarmKind::ALL {
            assert_eq!(kind.word().parse(), Ok(*kind));
            assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{kind}\""));
        }
        assert!("guard".parse::<AlarmKind>().unwrap_err().contains("guard-cut"));
    }

    #[test]
    fn hours_and_months_go_round() {
        let night: QuietHours = "22:00-7:00".parse().unwrap();
        let noon: QuietHours = "12:00-13:30".parse().unwrap();
        let never: QuietHours = "08:00-08:00".parse().unwrap();
        for (time, in_night, in_noon) in [
            ("21:59", false, false),
            ("22:00", true, false),
            ("00:00", true, false),
            ("06:59", true, false),
            ("07:00", false, false),
            ("12:00", false, true),
            ("13:30", false, false),
        ] {
            let time = Time::strptime("%H:%M", time).unwrap();
            assert_eq!((night.contain(time), noon.contain(time)), (in_night, in_noon), "{time}");
            assert!(!never.contain(time));
        }
        assert_eq!(night.to_string().parse(), Ok(night));
        let (north, south): (Months, Months) = ("6-8".parse().unwrap(), "11-2".parse().unwrap());
        let of = |months: Months| (1..=12).filter(|it| months.contain(*it)).collect::<Vec<u8>>();
        assert_eq!((of(north), of(south)), (vec![6, 7, 8], vec![1, 2, 11, 12]));
        for wrong in ["22-7", "25:00-07:00", "night", "22:00"] {
            assert!(wrong.parse::<QuietHours>().is_err(), "{wrong}");
        }
        for wrong in ["0-3", "6-13", "June", "6"] {
            assert!(wrong.parse::<Months>().is_err(), "{wrong}");
        }
    }
}
