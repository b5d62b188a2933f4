//! Changes a meter.

use crate::domain::{
    model::{Change, Decimal, MeterAlarm, Price, Record, RecordPath, Slug, Source, Subject, Unit},
    ops::{Field, Planned, Refusal, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Edit {
    pub name: Option<String>,
    pub unit: Option<Unit>,
    pub source: Field<Source>,
    pub zone: Field<Slug>,
    pub facility: Field<Slug>,
    /// Prices to add; one for the same day is replaced.
    pub prices: Vec<Price>,
    pub no_prices: bool,
    pub calorific: Field<Decimal>,
    pub wraps_at: Field<Decimal>,
    pub published: Option<bool>,
    pub outside: Option<bool>,
    pub alarm: Option<MeterAlarm>,
}

/// Changes a meter. What it measures stays the same: its measurements would mean something else.
///
/// # Errors
/// Refuses if there is no such meter, if nothing would change, or if its measurements could no longer be
/// read in the new unit.
pub fn edit(records: &dyn Records, name: &Slug, request: Edit) -> Planned {
    let mut meter = look_up::meter(records, name)?;
    if let Some(unit) = request.unit.filter(|unit| unit.base() != meter.unit.base()) {
        let message = format!(
            "{name} is measured in {}, which cannot be converted to {}",
            meter.unit.shown(),
            unit.shown()
        );
        return Err(Refusal::new(message).hint("add a new meter, and leave this one as it is"));
    }
    let mut prices = if request.no_prices { Vec::new() } else { meter.prices.clone() };
    for price in request.prices {
        prices.retain(|it| it.from != price.from);
        prices.push(price);
    }
    prices.sort_by_key(|price| price.from);
    let mut alarm = meter.alarm.clone().unwrap_or_default();
    if let Some(it) = request.alarm {
        alarm = it;
    }
    let alarm = Some(alarm).filter(|it| *it != MeterAlarm::default());
    let mut edits = ChangedFields::default();
    edits.set("name", request.name, &mut meter.name);
    edits.set("unit", request.unit, &mut meter.unit);
    edits.field("source", request.source, &mut meter.source);
    edits.field("zone", request.zone, &mut meter.zone);
    edits.field("facility", request.facility, &mut meter.facility);
    edits.set("prices", Some(prices), &mut meter.prices);
    edits.field("calorific", request.calorific, &mut meter.calorific);
    edits.field("wraps at", request.wraps_at, &mut meter.wraps_at);
    edits.set("outside", request.outside, &mut meter.outside);
    edits.set("published", request.published, &mut meter.published);
    edits.field("alarm", Field::of(alarm, true), &mut meter.alarm);
    let subject = Subject::new("meter: edit").and(name).aside(edits.names(name.as_str())?);
    let change = Change::new(subject, format!("meter.edit {name}"));
    Ok(change.put(RecordPath::Meter(name.clone()), Record::Meter(meter)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        fixture::{day, refused, run, slug, space},
        meter,
    };

    #[test]
    fn a_meter_is_added_changed_and_removed() {
        let mut all = space();
        let power = meter::add::tests::power();
        let name = slug("power");
        let (subject, _) = run(&mut all, |all| meter::add(all, &name, power.clone()));
        assert_eq!(subject, "meter: add power");
        assert!(refused(meter::add(&all, &name, power.clone())).contains("already"));
        let price = |from, price: &str| Price { from, price: price.parse().unwrap() };
        let request = Edit {
            prices: vec![
                price(Some(day("2026-01-01")), "0.245"),
                price(Some(day("2025-01-01")), "0.2"),
            ],
            unit: Some(Unit::Kilowatt),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, &name, request.clone()));
        assert_eq!(subject, "meter: edit power (unit, prices)");
        assert!(refused(edit(&all, &name, request)).contains("nothing to do"));
        let prices = look_up::meter(&all, &name).unwrap().prices;
        assert_eq!(prices[0].from, Some(day("2025-01-01")), "they are sorted");
        let other = Edit { unit: Some(Unit::CubicMetre), ..Edit::default() };
        assert!(refused(edit(&all, &name, other)).contains("cannot be converted"));
        let (subject, _) = run(&mut all, |all| meter::remove(all, &name));
        assert_eq!(subject, "meter: remove power");
        assert!(refused(meter::remove(&all, &name)).contains("no meter"));
    }
}
