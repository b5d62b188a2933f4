//! The content of the demonstration space: a dozen members, two doors, a tool, an open house and a
//! class, made by the same verbs that everybody uses.

mod builder;
mod calendar;
mod people;
mod readings;

pub(super) use readings::READINGS;

use std::net::Ipv4Addr;

use jiff::{Timestamp, tz::TimeZone};

use self::builder::{Builder, slug};
use crate::{
    domain::{
        model::{
            Arm, Change, Facility, FacilityKind, Priority, Record, RecordPath, Requirement,
            SpaceKey,
        },
        ops::{self, Refusal},
        records::{Catalogue, Records},
    },
    time_zones,
};

/// Returns the changes that make the demonstration, in order; `space` is the template.
///
/// Everything is relative to `now`: whose dues lapsed, that a class is on, when the next open house
/// is. The tags are fixed, so that the screen can name them.
///
/// # Errors
/// Fails if `space` differs from the template's.
pub(super) fn changes(
    space: Catalogue,
    now: Timestamp,
    key: &SpaceKey,
) -> Result<Vec<Change>, Refusal> {
    let zone = zone(&space);
    let mut builder = Builder {
        today: zone.to_datetime(now).date(),
        records: space,
        now,
        key,
        changes: Vec::new(),
    };
    add_facilities(&mut builder, &zone)?;
    people::add_all(&mut builder)?;
    Ok(builder.changes)
}

fn add_facilities(builder: &mut Builder<'_>, zone: &TimeZone) -> Result<(), Refusal> {
    let workshop = Facility {
        name: "Workshop".into(),
        kind: FacilityKind::Door,
        induction: false,
        inductions_first: vec![],
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        stale: None,
    };
    builder.apply(|records| ops::facility::add(records, slug("workshop"), workshop))?;
    let laser = ops::facility::Edit {
        controllers: Some([Ipv4Addr::LOCALHOST.into()].into()),
        ..ops::facility::Edit::default()
    };
    builder.apply(|records| ops::facility::edit(records, &slug("laser"), laser))?;
    let always = "always".to_owned();
    builder.requirement("workshop", "workshop-always", requirement(1, "Members", None, always))?;
    let class = calendar::class(builder.now);
    builder.requirement("workshop", "class", requirement(2, "Welding class", None, class))?;
    let open_house = calendar::open_house(builder.now, zone);
    let open_house = requirement(-1, "Open house", Some(Arm::FirstGrant), open_house);
    builder.requirement("frontdoor", "open-house", open_house)
}

fn requirement(
    priority: Priority,
    description: &str,
    arm: Option<Arm>,
    timespec: String,
) -> Requirement {
    Requirement { priority, description: Some(description.to_owned()), arm, timespec }
}

fn zone(space: &Catalogue) -> TimeZone {
    match space.record(&RecordPath::Space) {
        Some(Record::Space(space)) => time_zones::find(&space.time_zone).unwrap_or(TimeZone::UTC),
        _ => TimeZone::UTC,
    }
}

#[cfg(test)]
mod tests;
