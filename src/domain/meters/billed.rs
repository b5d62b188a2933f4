//! What the use of a meter costs, by the prices of the day.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Slice;
use crate::domain::model::{Base, Decimal, Meter, Price, Quantity};

/// The unit in which use is paid for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
pub enum BilledUnit {
    /// Energy.
    #[serde(rename = "kWh")]
    KilowattHour,
    /// Volume.
    #[serde(rename = "m3")]
    CubicMetre,
}

impl BilledUnit {
    /// Returns how it is shown to people.
    #[must_use]
    pub const fn shown(self) -> &'static str {
        match self {
            Self::KilowattHour => "kWh",
            Self::CubicMetre => "m³",
        }
    }
}

/// How the use of a meter is paid for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Billed<'m> {
    /// The unit.
    pub unit: BilledUnit,
    /// How many of it there are in a thousandth of what measurements are kept in.
    factor: f64,
    by_power: bool,
    prices: &'m [Price],
}

impl<'m> Billed<'m> {
    /// Takes it from a meter's record; `None` if nothing of what it measures is used up.
    #[must_use]
    pub fn of(meter: &'m Meter) -> Option<Self> {
        if !meter.measures.is_used() {
            return None;
        }
        let by_power = meter.measures == Quantity::Power;
        let volume = meter.unit.base() == Base::Litre;
        let calorific = meter.calorific.filter(|_| volume && meter.measures == Quantity::Gas);
        // Thousandths of litres and of watt-hours are millionths of cubic metres and of kilowatt-hours.
        let (unit, factor) = match calorific {
            Some(calorific) => (BilledUnit::KilowattHour, calorific.as_f64() / 1e6),
            None if volume => (BilledUnit::CubicMetre, 1e-6),
            None => (BilledUnit::KilowattHour, 1e-6),
        };
        Some(Self { unit, factor, by_power, prices: &meter.prices })
    }

    /// Takes the prices of another meter of the same unit, if this one has none: a machine's electricity
    /// costs what that of the house costs.
    #[must_use]
    pub fn or_prices_of(self, other: &Self) -> Self {
        match self.prices.is_empty() && self.unit == other.unit {
            true => Self { prices: other.prices, ..self },
            false => self,
        }
    }

    /// Tells whether there is any price.
    #[must_use]
    pub const fn has_prices(&self) -> bool {
        !self.prices.is_empty()
    }

    /// Returns what was used in a slice of time.
    #[must_use]
    pub fn used(&self, slice: &Slice) -> f64 {
        // Thousandths of watts times milliseconds are this many thousandths of watt-hours.
        let thousandths = if self.by_power { slice.sum as f64 / 3.6e6 } else { slice.used as f64 };
        // A millionth of a kilowatt-hour is finer than any meter; without the noise of fractions.
        (thousandths * self.factor * 1e6).round() / 1e6
    }

    /// Returns the price on a day: that which counts since the latest day before. One without a day counts
    /// before all others.
    #[must_use]
    pub fn price(&self, day: Date) -> Option<Decimal> {
        let since = self.prices.iter().filter(|it| it.from.is_none_or(|from| from <= day));
        since.max_by_key(|it| it.from).map(|it| it.price)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::model::Unit;

    fn meter(measures: Quantity, unit: Unit) -> Meter {
        serde_json::from_value(serde_json::json!({
            "name": "A", "measures": measures, "unit": unit,
        }))
        .unwrap()
    }

    #[test]
    fn use_is_converted_to_what_is_paid_for() {
        let slice = Slice { used: 2_000_000, sum: 1_000_000 * 3_600_000, ..Slice::default() };
        let used = |meter: &Meter| Billed::of(meter).map(|it| (it.used(&slice), it.unit));
        let mut gas = meter(Quantity::Gas, Unit::CubicMetre);
        assert_eq!(used(&gas), Some((2.0, BilledUnit::CubicMetre)));
        gas.calorific = Some("11.2".parse().unwrap());
        assert_eq!(used(&gas), Some((22.4, BilledUnit::KilowattHour)));
        let energy = meter(Quantity::Energy, Unit::WattMinute);
        assert_eq!(used(&energy), Some((2.0, BilledUnit::KilowattHour)));
        let power = meter(Quantity::Power, Unit::Watt);
        assert_eq!(used(&power), Some((1.0, BilledUnit::KilowattHour)), "a kilowatt for an hour");
        assert_eq!(used(&meter(Quantity::Temperature, Unit::Celsius)), None);
    }

    #[test]
    fn a_price_counts_from_its_day_and_one_without_a_day_before_all_others() {
        let mut meter = meter(Quantity::Energy, Unit::KilowattHour);
        let price = |from, price: &str| Price { from, price: price.parse().unwrap() };
        meter.prices = vec![
            price(Some(date(2026, 4, 1)), "0.3"),
            price(None, "0.1"),
            price(Some(date(2026, 1, 1)), "0.2"),
        ];
        let on =
            |meter: &Meter, day| Billed::of(meter).unwrap().price(day).map(|it| it.to_string());
        for (day, expected) in [
            (date(2025, 12, 31), "0.1"),
            (date(2026, 1, 1), "0.2"),
            (date(2026, 3, 31), "0.2"),
            (date(2027, 1, 1), "0.3"),
        ] {
            assert_eq!(on(&meter, day).as_deref(), Some(expected), "{day}");
        }
        meter.prices.remove(1);
        assert_eq!(on(&meter, date(2025, 12, 31)), None);
        let house = meter.clone();
        meter.prices.clear();
        let own = Billed::of(&meter).unwrap();
        assert_eq!(own.price(date(2026, 1, 1)), None);
        let shared = own.or_prices_of(&Billed::of(&house).unwrap());
        assert_eq!(shared.price(date(2026, 1, 1)), Some("0.2".parse().unwrap()));
    }
}
