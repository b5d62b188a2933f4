//! A zone as it is now.

use jiff::SignedDuration;

use crate::{
    app::{heat, measurements, view::ZoneView},
    cli::{CliError, Context, Opened},
    domain::{
        heat::{Circumstances, HeatPlan},
        model::{Quantity, Slug, Zone},
        schedule::Window,
    },
};

/// A thermometer that has said nothing for this long says nothing about now.
const FRESH: SignedDuration = SignedDuration::from_hours(2);

/// Returns a zone as it is now: what it should be without people, and what its thermometers say.
///
/// # Errors
/// Fails if the time zone or the measurements cannot be read.
pub(super) fn row(
    ctx: &Context,
    space: &Opened<'_>,
    name: Slug,
    zone: Zone,
) -> Result<ZoneView, CliError> {
    let time_zone = space.zone()?;
    let bookings = heat::bookings(&space.head, &zone, Window::around(ctx.now), &time_zone);
    let circumstances = Circumstances { people: false, bookings: &bookings };
    let now = HeatPlan::new(&zone, &time_zone).at(ctx.now, &circumstances);
    let (mut meters, mut temperatures) = (Vec::new(), Vec::new());
    for (meter, record) in measurements::meters(&space.head) {
        if record.zone.as_ref() != Some(&name) {
            continue;
        }
        if record.measures == Quantity::Temperature {
            let newest = measurements::newest(space.store, &meter, &record)?;
            let fresh = newest.filter(|it| ctx.now.duration_since(it.at()) < FRESH);
            temperatures.extend(fresh.map(|it| it.number()));
        }
        meters.push(meter);
    }
    let mean = temperatures.iter().sum::<f64>() / temperatures.len() as f64;
    let temperature = (!temperatures.is_empty()).then_some(mean);
    Ok(ZoneView { zone: name, record: zone, now, temperature, meters })
}
