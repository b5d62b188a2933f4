//! What the building used and what that cost, by month, meter and facility.
//!
//! A meter that belongs to a facility counts for it. In the sums it counts only if nothing else measures
//! what it measures, since otherwise the main meter has it already. Money is paid for by the prices of
//! each day.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Span, month};
use crate::domain::{
    meters::{Billed, BilledUnit, Slice, Slices, by_day, degree_day},
    model::{Base, Meter, Money, Quantity, Slug, contact::YearMonth},
    money::Currency,
    people::MonthOfVisits,
};

/// A meter, with what it said.
#[derive(Debug)]
pub struct MeteredUse<'m> {
    /// Its short name.
    pub name: &'m Slug,
    /// Its record.
    pub meter: &'m Meter,
    /// What it said, from a year before the first month on.
    pub slices: &'m Slices,
}

/// How often people came and for how long somebody was in, by the first day of the month.
#[derive(Debug, Default)]
pub struct Attendance {
    /// Visits and open time.
    pub months: BTreeMap<Date, MonthOfVisits>,
    /// How often each facility was opened.
    pub uses: BTreeMap<(Slug, Date), u64>,
}

/// What was used and what it cost.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Resources {
    /// The currency of the amounts, which are in minor units.
    #[serde(flatten)]
    pub currency: Currency,
    /// Each month in all.
    pub months: Vec<ResourceMonth>,
    /// Each meter in each month, if it said something.
    pub meters: Vec<MeterMonth>,
    /// Each facility with a meter of its own, over all months.
    pub facilities: Vec<FacilityUse>,
}

/// A month in all.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct ResourceMonth {
    /// The month.
    pub month: YearMonth,
    /// What was used, of what has a price.
    pub cost: Option<Money>,
    /// The same for the month a year before.
    pub year_before: Option<Money>,
    /// For how many hours somebody was in.
    pub open_hours: f64,
    /// How often somebody came.
    pub visits: u64,
    /// What an hour cost in which somebody was in.
    pub per_hour: Option<Money>,
    /// What a visit cost.
    pub per_visit: Option<Money>,
    /// How cold it was, if that was measured.
    pub degree_days: Option<f64>,
}

/// A meter in a month.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct MeterMonth {
    /// The month.
    pub month: YearMonth,
    /// The meter.
    pub meter: Slug,
    /// What it measures.
    pub measures: Quantity,
    /// What was used, in `unit`, if it is something that is used.
    pub used: Option<f64>,
    /// The unit of use.
    pub unit: Option<BilledUnit>,
    /// The same for the month a year before.
    pub year_before: Option<f64>,
    /// What it cost; `None` if there is no price for some of it.
    pub cost: Option<Money>,
    /// Whether the sums have it: otherwise it is part of what another meter counts.
    pub in_sums: bool,
    /// The mean, the least and the greatest value, in the meter's unit, if it is not a counter.
    pub values: Option<(f64, f64, f64)>,
}

/// A facility with a meter of its own.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct FacilityUse {
    /// The facility.
    pub facility: Slug,
    /// The meter.
    pub meter: Slug,
    /// What was used.
    pub used: f64,
    /// The unit of use.
    pub unit: BilledUnit,
    /// What it cost; `None` if there is no price for some of it.
    pub cost: Option<Money>,
    /// How often the facility was opened.
    pub uses: u64,
    /// What each of these cost.
    pub per_use: Option<Money>,
}

/// Adds up what was used.
#[must_use]
pub fn resources(
    meters: &[MeteredUse<'_>],
    attendance: &Attendance,
    span: Span,
    zone: &TimeZone,
    currency: Currency,
) -> Resources {
    let all: Vec<Counted<'_>> = meters.iter().map(|it| Counted::new(it, meters, zone)).collect();
    let digits = currency.digits;
    let mut result = Resources { currency, months: vec![], meters: vec![], facilities: vec![] };
    for month in span.months() {
        let former = month::before(month, 12);
        let sum = |month| {
            let costs = all.iter().filter(|it| it.in_sums).filter_map(|it| it.cost(month, digits));
            costs.reduce(Money::saturating_add)
        };
        let cost = sum(month);
        let attended = attendance.months.get(&month::first(month)).copied().unwrap_or_default();
        let open_hours = attended.open_seconds as f64 / 3_600.0;
        result.months.push(ResourceMonth {
            month,
            cost,
            year_before: sum(former),
            open_hours,
            visits: attended.visits,
            per_hour: cost.and_then(|it| per(it, open_hours)),
            per_visit: cost.and_then(|it| per(it, attended.visits as f64)),
            degree_days: all.iter().find_map(|it| it.degree_days(month)),
        });
        result.meters.extend(all.iter().filter_map(|it| it.month(month, former, digits)));
    }
    let facilities = all.iter().filter_map(|it| it.facility(attendance, span, digits));
    result.facilities = facilities.collect();
    result
}

/// A meter with its days.
struct Counted<'m> {
    name: &'m Slug,
    meter: &'m Meter,
    billed: Option<Billed<'m>>,
    in_sums: bool,
    days: BTreeMap<Date, Slice>,
}

impl<'m> Counted<'m> {
    fn new(it: &MeteredUse<'m>, all: &[MeteredUse<'m>], zone: &TimeZone) -> Self {
        let main = all.iter().find(|other| {
            let same = carrier(other.meter) == carrier(it.meter);
            same && other.meter.facility.is_none() && !other.meter.prices.is_empty()
        });
        let billed = Billed::of(it.meter).map(|own| {
            let main = main.and_then(|main| Billed::of(main.meter));
            main.map_or(own, |main| own.or_prices_of(&main))
        });
        let is_main = it.meter.facility.is_none();
        // The power of something whose energy is counted as well is not paid for twice.
        let has_prices = !it.meter.prices.is_empty();
        let in_sums = if is_main { has_prices } else { main.is_none() && has_prices };
        let days = by_day(it.slices, zone);
        Self { name: it.name, meter: it.meter, billed, in_sums, days }
    }

    fn days(&self, month: YearMonth) -> impl Iterator<Item = (&Date, &Slice)> {
        self.days.range(month::first(month)..=month::last(month))
    }

    fn sum(&self, month: YearMonth) -> Option<Slice> {
        self.days(month).map(|(_, slice)| *slice).reduce(|mut sum, it| {
            sum.add(&it);
            sum
        })
    }

    /// Returns what was used in a month, if the meter said something.
    fn used(&self, month: YearMonth) -> Option<f64> {
        let billed = self.billed?;
        self.sum(month).map(|sum| billed.used(&sum))
    }

    /// Returns what a month cost, in minor units; `None` if it said nothing, or there is no price for some
    /// of it.
    fn cost(&self, month: YearMonth, digits: u8) -> Option<Money> {
        let billed = self.billed.filter(Billed::has_prices)?;
        let mut cost = None;
        for (day, slice) in self.days(month) {
            let used = billed.used(slice);
            if used != 0.0 {
                *cost.get_or_insert(0.0) += used * billed.price(*day)?.as_f64();
            }
            cost.get_or_insert(0.0);
        }
        cost.map(|major: f64| minor(major, digits))
    }

    fn degree_days(&self, month: YearMonth) -> Option<f64> {
        if !self.meter.outside {
            return None;
        }
        self.days(month).filter_map(|(_, slice)| degree_day(slice)).reduce(|sum, it| sum + it)
    }

    fn month(&self, month: YearMonth, former: YearMonth, digits: u8) -> Option<MeterMonth> {
        let sum = self.sum(month)?;
        let unit = self.meter.unit;
        let in_unit = |thousandths: i64| unit.from_base(thousandths as f64 / 1e3);
        let values = (!self.meter.measures.is_counted())
            .then(|| {
                let (least, most) = sum.range?;
                Some((unit.from_base(sum.mean()?), in_unit(least), in_unit(most)))
            })
            .flatten();
        Some(MeterMonth {
            month,
            meter: self.name.clone(),
            measures: self.meter.measures,
            used: self.billed.map(|it| it.used(&sum)),
            unit: self.billed.map(|it| it.unit),
            year_before: self.used(former),
            cost: self.cost(month, digits),
            in_sums: self.in_sums,
            values,
        })
    }

    fn facility(&self, attendance: &Attendance, span: Span, digits: u8) -> Option<FacilityUse> {
        let (facility, billed) = (self.meter.facility.as_ref()?, self.billed?);
        let whole = span.months().filter_map(|month| self.sum(month)).reduce(|mut sum, it| {
            sum.add(&it);
            sum
        })?;
        let used = billed.used(&whole);
        let costs: Option<Vec<Money>> = span
            .months()
            .filter(|month| self.sum(*month).is_some())
            .map(|month| self.cost(month, digits))
            .collect();
        let cost = costs.map(|all| all.iter().sum());
        let opened = |month| attendance.uses.get(&(facility.clone(), month::first(month)));
        let uses = span.months().filter_map(opened).sum();
        Some(FacilityUse {
            facility: facility.clone(),
            meter: self.name.clone(),
            used,
            unit: billed.unit,
            cost,
            uses,
            per_use: cost.and_then(|it| per(it, uses as f64)),
        })
    }
}

/// Returns what a meter measures the use of; power and energy are the same.
const fn carrier(meter: &Meter) -> (Quantity, bool) {
    let measures = match meter.measures {
        Quantity::Power => Quantity::Energy,
        other => other,
    };
    (measures, matches!(meter.unit.base(), Base::Litre))
}

/// Converts to minor units; a half is rounded away from zero.
fn minor(major: f64, digits: u8) -> Money {
    (major * 10_f64.powi(i32::from(digits))).round() as Money
}

/// Divides an amount by how many there are, if there are any.
fn per(cost: Money, count: f64) -> Option<Money> {
    (count > 0.0).then(|| (cost as f64 / count).round() as Money)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meters::slice;

    fn meter(json: serde_json::Value) -> Meter {
        serde_json::from_value(json).unwrap()
    }

    fn at(day: &str) -> i64 {
        let noon: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
        slice::number(noon.as_millisecond())
    }

    fn used(all: &[(&str, i64)]) -> Slices {
        let one = |(day, kilowatt_hours): &(&str, i64)| {
            let used = kilowatt_hours * 1_000_000;
            (at(day), Slice { count: 1, used, ..Slice::default() })
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn months_are_summed_by_the_prices_of_their_days_and_compared() {
        let slug = |name: &str| name.parse::<Slug>().unwrap();
        let names = ["main", "laser", "outside"].map(slug);
        let main = meter(serde_json::json!({
            "name": "Main", "measures": "energy", "unit": "kWh",
            "prices": [{ "from": "2025-01-01", "price": 0.2 }, { "from": "2026-11-02", "price": 0.3 }],
        }));
        let laser = meter(serde_json::json!({
            "name": "Laser", "measures": "energy", "unit": "kWh", "facility": "laser",
        }));
        let outside = meter(serde_json::json!({
            "name": "Outside", "measures": "temperature", "unit": "C", "outside": true,
        }));
        let main_slices = used(&[("2025-11-05", 50), ("2026-11-01", 100), ("2026-11-02", 10)]);
        let laser_slices = used(&[("2026-11-02", 4)]);
        let covered = 24 * 3_600_000;
        let cold = Slice { covered, sum: 5_500 * covered, ..Slice::default() };
        let outside_slices: Slices = [(at("2026-11-03"), cold)].into();
        let meters = [
            MeteredUse { name: &names[0], meter: &main, slices: &main_slices },
            MeteredUse { name: &names[1], meter: &laser, slices: &laser_slices },
            MeteredUse { name: &names[2], meter: &outside, slices: &outside_slices },
        ];
        let month: YearMonth = "2026-11".parse().unwrap();
        let first = month::first(month);
        let visits = MonthOfVisits { visits: 10, open_seconds: 23 * 3_600 };
        let attendance = Attendance {
            months: [(first, visits)].into(),
            uses: [((slug("laser"), first), 6)].into(),
        };
        let span = Span { from: month, until: month };
        let found = resources(&meters, &attendance, span, &TimeZone::UTC, Currency::named("GBP"));
        // 100 kWh at 0.20 and 10 at 0.30.
        assert_eq!(
            found.months,
            [ResourceMonth {
                month,
                cost: Some(2300),
                year_before: Some(1000),
                open_hours: 23.0,
                visits: 10,
                per_hour: Some(100),
                per_visit: Some(230),
                degree_days: Some(10.0),
            }]
        );
        let told: Vec<_> = found
            .meters
            .iter()
            .map(|it| (it.meter.as_str(), it.used, it.cost, it.in_sums))
            .collect();
        assert_eq!(
            told,
            [
                ("main", Some(110.0), Some(2300), true),
                ("laser", Some(4.0), Some(120), false),
                ("outside", None, None, false),
            ]
        );
        let machine = &found.facilities[0];
        assert_eq!((machine.cost, machine.uses, machine.per_use), (Some(120), 6, Some(20)));
        let before = Span { from: "2024-12".parse().unwrap(), until: "2024-12".parse().unwrap() };
        let none = resources(&meters, &attendance, before, &TimeZone::UTC, Currency::named("GBP"));
        assert_eq!((none.months[0].cost, none.meters.len()), (None, 0));
    }

    #[test]
    fn what_has_no_price_costs_nothing_that_is_known() {
        let name: Slug = "main".parse().unwrap();
        let main = meter(serde_json::json!({
            "name": "Main", "measures": "energy", "unit": "kWh",
            "prices": [{ "from": "2026-11-02", "price": 0.3 }],
        }));
        let slices = used(&[("2026-11-01", 100), ("2026-11-02", 10)]);
        let meters = [MeteredUse { name: &name, meter: &main, slices: &slices }];
        let month = "2026-11".parse().unwrap();
        let span = Span { from: month, until: month };
        let none = Attendance::default();
        let found = resources(&meters, &none, span, &TimeZone::UTC, Currency::named("JPY"));
        assert_eq!((found.meters[0].used, found.meters[0].cost), (Some(110.0), None));
        assert_eq!(found.months[0].cost, None);
    }
}
