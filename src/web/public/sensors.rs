//! What is measured, in the form of SpaceAPI: doors, people, and the meters that are published.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    app::measurements,
    domain::model::{Meter, Quantity, Record, RecordPath, Slug, Unit},
    store::Revision,
};

/// What was measured longer ago says nothing about now.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// What is measured.
#[derive(Serialize, Default)]
pub(super) struct Sensors {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) door_locked: Vec<DoorLocked>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) total_member_count: Vec<Count>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) people_now_present: Vec<Count>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    temperature: Vec<Measured>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    humidity: Vec<Measured>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    carbondioxide: Vec<Measured>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    power_consumption: Vec<Measured>,
}

/// Whether a door is locked.
#[derive(Serialize)]
pub(super) struct DoorLocked {
    pub(super) value: bool,
    pub(super) location: String,
}

/// How many there are.
#[derive(Serialize)]
pub(super) struct Count {
    pub(super) value: usize,
}

/// What a meter says.
#[derive(Serialize)]
struct Measured {
    value: f64,
    unit: &'static str,
    location: String,
    name: String,
    lastchange: i64,
}

impl Sensors {
    /// Tells whether there is nothing to say.
    pub(super) const fn is_empty(&self) -> bool {
        self.door_locked.is_empty()
            && self.total_member_count.is_empty()
            && self.people_now_present.is_empty()
            && self.temperature.is_empty()
            && self.humidity.is_empty()
            && self.carbondioxide.is_empty()
            && self.power_consumption.is_empty()
    }

    /// Adds what published meters said a short while ago. One that cannot be read says nothing.
    pub(super) fn measured(&mut self, head: &Revision<'_>, now: Timestamp) {
        for (name, meter) in measurements::meters(head).into_iter().filter(|(_, it)| it.published) {
            let (list, unit) = match meter.measures {
                Quantity::Temperature => (&mut self.temperature, meter.unit),
                Quantity::Humidity => (&mut self.humidity, Unit::Percent),
                Quantity::Co2 => (&mut self.carbondioxide, Unit::PartsPerMillion),
                Quantity::Power => (&mut self.power_consumption, Unit::Watt),
                _ => continue,
            };
            let newest = measurements::newest(head.store(), &name, &meter).ok().flatten();
            let fresh = |at: Timestamp| now.duration_since(at).abs() < FRESH;
            if let Some(it) = newest.filter(|it| fresh(it.at())) {
                list.push(Measured {
                    // A thermometer does not know more than tenths.
                    value: (unit.from_base(it.number()) * 10.0).round() / 10.0,
                    unit: unit.shown(),
                    location: location(head, &name, &meter),
                    name: meter.name.clone(),
                    lastchange: it.at().as_second(),
                });
            }
        }
    }
}

/// Returns where a meter is: the name of its zone, of its facility, or its own.
fn location(head: &Revision<'_>, name: &Slug, meter: &Meter) -> String {
    if meter.outside {
        return "Outside".to_owned();
    }
    let zone =
        meter.zone.as_ref().and_then(|it| head.record(&RecordPath::Zone(it.clone())).ok()?);
    let facility = meter.facility.as_ref();
    let facility = facility.and_then(|it| head.record(&RecordPath::Facility(it.clone())).ok()?);
    match (zone, facility) {
        (Some(Record::Zone(zone)), _) => zone.name,
        (_, Some(Record::Facility(facility))) => facility.name,
        _ if meter.name.is_empty() => name.to_string(),
        _ => meter.name.clone(),
    }
}
