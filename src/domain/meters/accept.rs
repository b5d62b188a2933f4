//! Which numbers of a meter can be believed at all.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::Measurement;
use crate::domain::model::{Base, Meter, Unit};

/// A clock may be ahead of ours by this much.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// No meter was read before 2000.
const FIRST: Timestamp = Timestamp::constant(946_684_800, 0);

/// What a DS18B20 says when it has just got power, and has not measured yet.
const POWER_ON: i64 = 85_000;

/// Why a number is not kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Refused {
    /// It is not a number, or infinite.
    NotANumber,
    /// Nothing can be measured that is so small or so large.
    OutOfRange {
        /// The number.
        number: f64,
        /// The least and the greatest that can be.
        range: (f64, f64),
        /// The unit of all three.
        unit: Unit,
    },
    /// The sensor has not measured yet: 85 °C exactly.
    NotMeasuredYet,
    /// It was measured in the future.
    Future(Timestamp),
    /// It was measured before there was anything to measure.
    TooOld(Timestamp),
    /// The unit does not fit what is measured, so nobody knows what the number means.
    Unit(Unit),
}

/// Turns a number of a meter into a measurement; `number` is in the meter's own unit.
///
/// # Errors
/// Refuses what cannot have been measured, with the reason.
pub fn accept(
    meter: &Meter,
    number: f64,
    at: Timestamp,
    now: Timestamp,
) -> Result<Measurement, Refused> {
    let unit = meter.unit;
    if !meter.measures.fits(unit) {
        return Err(Refused::Unit(unit));
    }
    if !number.is_finite() {
        return Err(Refused::NotANumber);
    }
    if at < FIRST {
        return Err(Refused::TooOld(at));
    }
    if at.duration_since(now) > AHEAD {
        return Err(Refused::Future(at));
    }
    let (least, most) = range(unit.base());
    let base = unit.to_base(number);
    let flag = unit.base() != Base::OnOff || base == 0.0 || base == 1.0;
    if !(least..=most).contains(&base) || !flag {
        let range = (unit.from_base(least), unit.from_base(most));
        return Err(Refused::OutOfRange { number, range, unit });
    }
    let measurement = Measurement::new(at, base);
    if unit.base() == Base::Celsius && measurement.value == POWER_ON {
        return Err(Refused::NotMeasuredYet);
    }
    Ok(measurement)
}

/// Returns what can be measured, in base units.
const fn range(base: Base) -> (f64, f64) {
    match base {
        Base::Watt => (0.0, 1e7),
        Base::WattHour | Base::Litre => (0.0, 1e12),
        Base::Celsius => (-60.0, 130.0),
        Base::Percent => (0.0, 100.0),
        Base::PartsPerMillion => (0.0, 1e5),
        Base::OnOff => (0.0, 1.0),
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("this is not a number"),
            Self::OutOfRange { number, range: (least, most), unit } => {
                let unit = unit.shown();
                write!(f, "{number} {unit} cannot be: expected {least} to {most:.0} {unit}")
            }
            Self::NotMeasuredYet => {
                f.write_str("85 °C is what a sensor says that has not measured yet")
            }
            Self::Future(at) => write!(f, "it was measured in the future, at {at}"),
            Self::TooOld(at) => write!(f, "it was measured long ago, at {at}"),
            Self::Unit(unit) => {
                write!(f, "the unit {} does not fit what the meter measures", unit.shown())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Quantity;

    fn meter(measures: Quantity, unit: Unit) -> Meter {
        Meter {
            name: "A".into(),
            measures,
            unit,
            source: None,
            zone: None,
            facility: None,
            outside: false,
            prices: vec![],
            calorific: None,
            wraps_at: None,
            published: false,
            alarm: None,
        }
    }

    #[test]
    fn what_cannot_have_been_measured_is_refused() {
        use Quantity::{Co2, Energy, Humidity, Power, Temperature, Window};
        let now: Timestamp = "2026-11-03T12:00:00Z".parse().unwrap();
        for (measures, unit, number, kept) in [
            (Power, Unit::Watt, f64::NAN, None),
            (Power, Unit::Watt, f64::INFINITY, None),
            (Power, Unit::Watt, "1e400".parse().unwrap(), None),
            (Power, Unit::Watt, -1.0, None),
            (Power, Unit::Kilowatt, 1.5, Some(1_500_000)),
            (Temperature, Unit::Celsius, 85.0, None),
            (Temperature, Unit::Fahrenheit, 185.0, None),
            (Temperature, Unit::Celsius, 85.5, Some(85_500)),
            (Temperature, Unit::Celsius, -127.0, None),
            (Temperature, Unit::Fahrenheit, 68.0, Some(20_000)),
            (Humidity, Unit::Percent, 101.0, None),
            (Co2, Unit::PartsPerMillion, 1e6, None),
            (Energy, Unit::WattMinute, 60.0, Some(1_000)),
            (Energy, Unit::KilowattHour, 1e300, None),
            (Window, Unit::OnOff, 0.5, None),
            (Window, Unit::OnOff, 1.0, Some(1_000)),
            (Energy, Unit::CubicMetre, 1.0, None),
        ] {
            let accepted = accept(&meter(measures, unit), number, now, now);
            assert_eq!(accepted.map(|it| it.value).ok(), kept, "{number} {unit}: {accepted:?}");
            assert!(accepted.map_or_else(|it| !it.to_string().is_empty(), |_| true));
        }
    }

    #[test]
    fn a_clock_may_be_a_little_ahead_and_a_reading_late() {
        let now: Timestamp = "2026-11-03T12:00:00Z".parse().unwrap();
        let meter = meter(Quantity::Power, Unit::Watt);
        for (at, good) in [
            ("2026-11-03T12:05:00Z", true),
            ("2026-11-03T12:05:01Z", false),
            ("2025-11-03T12:00:00Z", true),
            ("1999-12-31T23:59:59Z", false),
        ] {
            assert_eq!(accept(&meter, 1.0, at.parse().unwrap(), now).is_ok(), good, "{at}");
        }
    }
}
