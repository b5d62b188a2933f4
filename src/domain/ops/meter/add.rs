//! Adds a meter.

use crate::domain::{
    model::{Advice, Change, Meter, Record, RecordPath, Slug, Subject},
    ops::{Planned, Refusal},
    records::Records,
};

/// Adds a meter.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, meter: Meter) -> Planned {
    let path = RecordPath::Meter(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a meter {name}"))
            .hint(Advice::EditMeter(name.clone())));
    }
    let change = Change::new(Subject::new("meter: add").and(name), format!("meter.add {name}"));
    Ok(change.put(path, Record::Meter(meter)).into())
}

#[cfg(test)]
pub(in crate::domain::ops) mod tests {
    use super::*;
    use crate::domain::model::{Quantity, Unit};

    /// A meter of power that somebody reads.
    pub(in crate::domain::ops) fn power() -> Meter {
        Meter {
            name: "Power".into(),
            measures: Quantity::Power,
            unit: Unit::Watt,
            source: None,
            zone: None,
            facility: None,
            outside: false,
            prices: Vec::new(),
            calorific: None,
            wraps_at: None,
            published: false,
            alarm: None,
        }
    }
}
