//! Where measurements are on this machine, and what they say of a meter.

use std::path::PathBuf;

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

use super::{AppError, here::is_here};
use crate::{
    config::BuildingConfig,
    domain::{
        meters::{Measurement, Rules},
        model::{Meter, Record, RecordPath, Slug},
        records::Records as _,
    },
    store::{
        Revision, Store,
        measurements::{self, MeterSlices, expire::Expired},
    },
};

/// Returns the folder of the measurements of a space: the configured one if this is the space that is
/// measured from this machine, and otherwise the one inside the repository. A configuration that cannot
/// be used says nothing.
#[must_use]
pub fn folder(store: &Store) -> PathBuf {
    let config = BuildingConfig::of_machine().unwrap_or_default();
    let here = is_here(store, config.space.as_deref());
    let configured = config.measurements.filter(|_| here);
    configured.unwrap_or_else(|| measurements::folder(store.dir()))
}

/// Returns the meters of a space that can be read, by name.
#[must_use]
pub fn meters(head: &Revision<'_>) -> Vec<(Slug, Meter)> {
    let read = |name: Slug| match head.record(&RecordPath::Meter(name.clone())) {
        Ok(Some(Record::Meter(meter))) => Some((name, meter)),
        _ => None,
    };
    head.meters().into_iter().filter_map(read).collect()
}

/// Returns the newest measurement of a meter.
///
/// # Errors
/// Its files cannot be read.
pub fn newest(store: &Store, name: &Slug, meter: &Meter) -> Result<Option<Measurement>, AppError> {
    Ok(measurements::newest(&folder(store), name, meter.unit.base())?)
}

/// Returns what a meter said in some time, by quarters of an hour.
///
/// # Errors
/// Its files cannot be read.
pub fn slices(
    store: &Store,
    name: &Slug,
    meter: &Meter,
    window: (Timestamp, Timestamp),
) -> Result<MeterSlices, AppError> {
    let (base, rules) = (meter.unit.base(), Rules::of(meter));
    Ok(measurements::slices(&folder(store), name, base, rules, window)?)
}

/// Removes a month of measurements; what was used in each of its quarters of an hour stays, unless the
/// meter is no longer in the records.
///
/// # Errors
/// The quarters cannot be written, or the measurements cannot be removed.
pub fn remove(head: &Revision<'_>, expired: &Expired) -> Result<(), AppError> {
    let known = match head.record(&RecordPath::Meter(expired.meter.clone())) {
        Ok(Some(Record::Meter(meter))) => Some(meter),
        _ => None,
    };
    if let Some(meter) = &known {
        let begin = begin_of(expired.month, &TimeZone::UTC);
        let end = begin_of(expired.month.saturating_add(1.month()), &TimeZone::UTC);
        slices(head.store(), &expired.meter, meter, (begin, end))?;
    }
    Ok(measurements::expire::remove(expired, known.is_some())?)
}

/// Returns the moment at which a local day begins.
#[must_use]
pub fn begin_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).map_or(Timestamp::MIN, |it| it.timestamp())
}
