//! The wishes of a zone, ready to be asked how warm it should be at any moment.

use std::fmt;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::{
    model::{Decimal, Zone, text},
    schedule::{Interval, Timespec, Window},
};

/// So long before a booking begins, a zone is warmed for it.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_mins(30);

/// A zone with its timespecs read.
#[derive(Clone, Debug)]
pub struct HeatPlan {
    frost: Decimal,
    ceiling: Decimal,
    wishes: Vec<ReadWish>,
    /// The wishes whose timespecs cannot be evaluated, counted from zero; they warm nothing.
    unread: Vec<usize>,
}

#[derive(Clone, Debug)]
struct ReadWish {
    temperature: Decimal,
    if_used: bool,
    name: String,
    timespec: Timespec,
}

/// What a zone is warmed for.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'b> {
    /// Whether somebody is in.
    pub people: bool,
    /// When its facilities are booked, sorted.
    pub bookings: &'b [Interval],
}

/// How warm a zone should be, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Wanted {
    /// In degrees Celsius.
    pub temperature: Decimal,
    /// The reason.
    pub why: Why,
}

/// Why a zone should be that warm.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "because", content = "wish")]
pub enum Why {
    /// A wish that counts at all events, by its description.
    Wish(String),
    /// A wish that counts since somebody is in.
    People(String),
    /// A wish that counts since somebody has booked.
    Booked(String),
    /// Nothing is wished for: it is kept from freezing.
    Frost,
}

impl HeatPlan {
    /// Reads the wishes of a zone; floating times are in the time zone of the space.
    #[must_use]
    pub fn new(zone: &Zone, time_zone: &TimeZone) -> Self {
        let (mut wishes, mut unread) = (Vec::new(), Vec::new());
        for (number, wish) in zone.wishes.iter().enumerate() {
            let Ok(timespec) = Timespec::parse(&wish.timespec, time_zone) else {
                unread.push(number);
                continue;
            };
            let name = wish.description.as_deref().map(text::readable);
            wishes.push(ReadWish {
                temperature: wish.temperature,
                if_used: wish.if_used,
                name: name.unwrap_or_else(|| format!("wish {}", number + 1)),
                timespec,
            });
        }
        // A broken record never asks for much: the ceiling counts, and then the frost.
        let ceiling = zone.ceiling.min(Decimal::whole(35));
        Self { frost: zone.frost.min(ceiling), ceiling, wishes, unread }
    }

    /// Returns the wishes whose timespecs cannot be evaluated, counted from zero.
    #[must_use]
    pub fn unread(&self) -> &[usize] {
        &self.unread
    }

    /// Returns how warm the zone should be at a moment. The warmest wish counts; of those that are as
    /// warm, the first.
    #[must_use]
    pub fn at(&self, now: Timestamp, circumstances: &Circumstances<'_>) -> Wanted {
        let booked = circumstances.is_booked(now);
        let mut wanted = Wanted { temperature: self.frost, why: Why::Frost };
        for wish in &self.wishes {
            let name = || wish.name.clone();
            let why = match (wish.if_used, circumstances.people, booked) {
                (false, ..) => Why::Wish(name()),
                (true, true, _) => Why::People(name()),
                (true, false, true) => Why::Booked(name()),
                (true, false, false) => continue,
            };
            let temperature = wish.temperature.clamp(self.frost, self.ceiling);
            if temperature > wanted.temperature && wish.timespec.is_on(now) {
                wanted = Wanted { temperature, why };
            }
        }
        wanted
    }

    /// Returns the moments within a window at which a wish begins or ends, sorted.
    pub(super) fn edges(&self, window: Window) -> Vec<Timestamp> {
        let events = self.wishes.iter().flat_map(|wish| wish.timespec.intervals(window));
        let mut edges: Vec<Timestamp> = events.flat_map(|it| [it.start, it.end]).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

impl Circumstances<'_> {
    /// Tells whether somebody has booked for now or the next half hour.
    fn is_booked(&self, now: Timestamp) -> bool {
        let soon = now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
        self.bookings.iter().any(|it| it.start <= soon && now < it.end)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wish(name) => f.write_str(name),
            Self::People(name) => write!(f, "{name}; somebody is in"),
            Self::Booked(name) => write!(f, "{name}; it is booked"),
            Self::Frost => f.write_str("nothing is wished for; kept from freezing"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::Wish;

    fn wish(temperature: i32, if_used: bool, timespec: &str) -> Wish {
        Wish {
            temperature: Decimal::whole(temperature),
            description: None,
            if_used,
            timespec: timespec.into(),
        }
    }

    fn zone(wishes: Vec<Wish>) -> Zone {
        Zone {
            name: "Workshop".into(),
            frost: Zone::FROST,
            ceiling: Zone::CEILING,
            facilities: vec![],
            wishes,
            set_point: None,
        }
    }

    const EVENINGS: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261001T180000\nDURATION:PT3H\n\
                            RRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n";

    #[test]
    fn the_warmest_wish_that_counts_is_wanted_within_the_bounds() {
        let zone = zone(vec![
            wish(16, false, EVENINGS),
            wish(20, true, "always"),
            wish(30, true, EVENINGS),
            wish(90, false, "broken"),
        ]);
        let plan = HeatPlan::new(&zone, &TimeZone::UTC);
        assert_eq!(plan.unread(), [3]);
        let booking = Interval {
            start: "2026-11-03T10:00:00Z".parse().unwrap(),
            end: "2026-11-03T11:00:00Z".parse().unwrap(),
        };
        let name = |number: usize| format!("wish {number}");
        for (at, people, temperature, why) in [
            ("2026-11-03T09:29:59Z", false, 5, Why::Frost),
            ("2026-11-03T09:30:00Z", false, 20, Why::Booked(name(2))),
            ("2026-11-03T10:59:59Z", false, 20, Why::Booked(name(2))),
            ("2026-11-03T11:00:00Z", false, 5, Why::Frost),
            ("2026-11-03T12:00:00Z", true, 20, Why::People(name(2))),
            ("2026-11-03T18:00:00Z", false, 16, Why::Wish(name(1))),
            ("2026-11-03T18:00:00Z", true, 23, Why::People(name(3))),
            ("2026-11-03T21:00:00Z", false, 5, Why::Frost),
        ] {
            let circumstances = Circumstances { people, bookings: &[booking] };
            let wanted = plan.at(at.parse().unwrap(), &circumstances);
            assert_eq!(wanted, Wanted { temperature: Decimal::whole(temperature), why }, "{at}");
        }
    }

    proptest! {
        /// Whatever a record says, and however it got there, no more than 35 °C is asked for.
        #[test]
        fn no_record_asks_for_much(
            frost in -1_000_i32..1_000, ceiling in -1_000_i32..1_000, temperature in -1_000_i32..1_000,
        ) {
            let mut zone = zone(vec![wish(temperature, false, "always")]);
            (zone.frost, zone.ceiling) = (Decimal::whole(frost), Decimal::whole(ceiling));
            let none = Circumstances { people: true, bookings: &[] };
            let wanted = HeatPlan::new(&zone, &TimeZone::UTC).at(Timestamp::UNIX_EPOCH, &none);
            prop_assert!(wanted.temperature <= Decimal::whole(35));
            prop_assert!(wanted.temperature <= zone.ceiling);
        }
    }
}
