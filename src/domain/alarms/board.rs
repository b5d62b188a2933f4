//! Remembers which alarms there are, so that each is told once and has an end.

use std::{collections::BTreeMap, fmt};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conditions;
use crate::domain::model::{AlarmKind, AlarmRules, Slug};

/// Which alarm it is.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct AlarmId {
    /// What it is about.
    pub kind: AlarmKind,
    /// The meter, zone or door, if there are several.
    pub subject: Option<Slug>,
}

/// An alarm.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Alarm {
    /// Which one.
    #[serde(flatten)]
    pub id: AlarmId,
    /// What is wrong.
    pub words: String,
    /// Since when it has been so.
    pub since: Timestamp,
    /// Since when it has not been so any more, as long as that may still change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Timestamp>,
    /// When it became an alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<Timestamp>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Whether a letter about it was sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub written: bool,
}

/// What happened to an alarm.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AlarmChange {
    /// It began.
    Raised(Alarm),
    /// It ended.
    Ended(Alarm),
}

/// A letter that is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueLetter {
    /// What it is about.
    pub alarm: Alarm,
    /// Whether it is about the end.
    pub end: bool,
}

/// All alarms.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Vec<Alarm>", into = "Vec<Alarm>")]
pub struct Board(BTreeMap<AlarmId, Alarm>);

impl AlarmKind {
    /// How long something has to be wrong before it is an alarm.
    const fn patience(self) -> SignedDuration {
        match self {
            Self::GuardCut | Self::DoorForced | Self::DoorHeldOpen => SignedDuration::ZERO,
            Self::GuardSilent => SignedDuration::from_mins(1),
            Self::HeatInSummer | Self::WindowOpen => SignedDuration::from_mins(5),
            Self::MeterHigh | Self::MeterLow => SignedDuration::from_mins(10),
            Self::PowerUnused => SignedDuration::from_mins(30),
            Self::MeterSilent => SignedDuration::ZERO, // it has waited already
        }
    }

    /// How long all has to be well before the alarm ends, so that one that flickers is one.
    const fn rest(self) -> SignedDuration {
        match self {
            Self::GuardCut | Self::GuardSilent | Self::HeatInSummer => SignedDuration::from_mins(5),
            Self::DoorForced | Self::DoorHeldOpen | Self::MeterSilent => SignedDuration::ZERO,
            Self::WindowOpen | Self::MeterHigh | Self::MeterLow | Self::PowerUnused => {
                SignedDuration::from_mins(10)
            }
        }
    }
}

impl Board {
    /// Takes over what is wrong now, and returns what became of it.
    pub fn step(&mut self, now: Timestamp, mut conditions: Conditions) -> Vec<AlarmChange> {
        let mut changes = Vec::new();
        for (id, alarm) in &mut self.0 {
            match conditions.remove(id) {
                Some(words) => {
                    (alarm.words, alarm.gone) = (words, None);
                    // Nobody heard of the end yet, so it is the same alarm.
                    if alarm.ended.take().is_some() {
                        (alarm.since, alarm.raised) = (now, None);
                    }
                    alarm.raise(now, &mut changes);
                }
                None if alarm.ended.is_none() => alarm.rest(now, &mut changes),
                None => {} // only a letter is still to be sent
            }
        }
        for (id, words) in conditions {
            let mut alarm = Alarm {
                id: id.clone(),
                words,
                since: now,
                gone: None,
                raised: None,
                ended: None,
                written: false,
            };
            alarm.raise(now, &mut changes);
            self.0.insert(id, alarm);
        }
        self.0.retain(|_, alarm| !alarm.is_over());
        changes
    }

    /// Returns the letters that are due, unless it is quiet now; then only the urgent ones.
    #[must_use]
    pub fn letters(&self, quiet: bool, rules: &AlarmRules) -> Vec<DueLetter> {
        let due = self.0.values().filter(|alarm| {
            let news = match alarm.ended {
                Some(_) => alarm.written,
                None => alarm.raised.is_some() && !alarm.written,
            };
            news && (!quiet || rules.urgent.contains(&alarm.id.kind))
        });
        due.map(|alarm| DueLetter { alarm: alarm.clone(), end: alarm.ended.is_some() }).collect()
    }

    /// Records that a letter was sent, or that nobody wants one.
    pub fn written(&mut self, letter: &DueLetter) {
        let id = &letter.alarm.id;
        if letter.end {
            self.0.remove(id);
        } else if let Some(alarm) = self.0.get_mut(id) {
            alarm.written = true;
        }
    }

    /// Returns the alarms that there are now.
    pub fn raised(&self) -> impl Iterator<Item = &Alarm> {
        self.0.values().filter(|it| it.raised.is_some() && it.ended.is_none())
    }
}

impl Alarm {
    fn raise(&mut self, now: Timestamp, changes: &mut Vec<AlarmChange>) {
        let long_enough = now.duration_since(self.since) >= self.id.kind.patience();
        if self.raised.is_none() && long_enough {
            self.raised = Some(now);
            changes.push(AlarmChange::Raised(self.clone()));
        }
    }

    /// Lets it end if all has been well for long enough; what never became an alarm ends at once.
    fn rest(&mut self, now: Timestamp, changes: &mut Vec<AlarmChange>) {
        let gone = *self.gone.get_or_insert(now);
        let long_enough = now.duration_since(gone) >= self.id.kind.rest();
        if self.raised.is_none() || long_enough {
            self.ended = Some(now);
            if self.raised.is_some() {
                changes.push(AlarmChange::Ended(self.clone()));
            }
        }
    }

    /// Tells whether nobody has to hear of it any more: of what ended before a letter was sent,
    /// nobody does.
    const fn is_over(&self) -> bool {
        self.ended.is_some() && !self.written
    }
}

impl From<Vec<Alarm>> for Board {
    fn from(all: Vec<Alarm>) -> Self {
        Self(all.into_iter().map(|it| (it.id.clone(), it)).collect())
    }
}

impl From<Board> for Vec<Alarm> {
    fn from(board: Board) -> Self {
        board.0.into_values().collect()
    }
}

impl fmt::Display for AlarmId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        self.subject.as_ref().map_or(Ok(()), |subject| write!(f, " {subject}"))
    }
}
