//! Who and what the demonstration space is made of: a dozen members, two doors, a tool, an open
//! house and a class, made by the same verbs that everybody uses.

mod calendar;
mod people;
mod readings;

pub(super) use readings::{READINGS, Reading};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    domain::{
        model::{
            Arm, Change, Facility, FacilityKind, Key, MemberId, Place, Priority, Record,
            Requirement, Slug, Tag,
        },
        ops::{self, Planned, Refusal},
        records::{Catalogue, Records},
    },
    time_zones,
};

/// The changes that make the demonstration, in order; `space` is what the template laid down.
///
/// Everything is told from `now`: whose dues lapsed, that a class is on, when the next open house
/// is. Tags are chosen, so that the screen can name them.
///
/// # Errors
/// Refuses if `space` is not the template's.
pub(super) fn changes(space: Catalogue, now: Timestamp, key: &Key) -> Result<Vec<Change>, Refusal> {
    let zone = zone(&space);
    let mut stage =
        Stage { today: zone.to_datetime(now).date(), all: space, now, key, changes: Vec::new() };
    build(&mut stage, &zone)?;
    people::enter(&mut stage)?;
    Ok(stage.changes)
}

/// The space as it was left by the changes so far.
struct Stage<'k> {
    all: Catalogue,
    now: Timestamp,
    today: Date,
    key: &'k Key,
    changes: Vec<Change>,
}

impl Stage<'_> {
    fn play(&mut self, verb: impl FnOnce(&dyn Records) -> Planned) -> Result<(), Refusal> {
        let change = verb(&self.all)?.change;
        self.all.apply(&change);
        self.changes.push(change);
        Ok(())
    }

    /// Returns a day so many days from today, before it where that is below zero.
    fn day(&self, days: i32) -> Date {
        self.today.saturating_add(jiff::Span::new().days(days))
    }

    fn requirement(
        &mut self,
        facility: &str,
        name: &str,
        requirement: Requirement,
    ) -> Result<(), Refusal> {
        let (facility, tag) = (slug(facility), tag(name));
        self.play(|all| ops::requirement::add(all, &facility, tag, requirement))
    }
}

fn build(stage: &mut Stage<'_>, zone: &TimeZone) -> Result<(), Refusal> {
    let workshop = Facility {
        name: "Workshop".into(),
        kind: FacilityKind::Door,
        induction: false,
        inductions_first: vec![],
        fob_first: false,
    };
    stage.play(|all| ops::facility::add(all, slug("workshop"), workshop))?;
    let always = "always".to_owned();
    stage.requirement("workshop", "workshop-always", requirement(1, "Members", None, always))?;
    let class = calendar::class(stage.now);
    stage.requirement("workshop", "class", requirement(2, "Welding class", None, class))?;
    let open_house = calendar::open_house(stage.now, zone);
    let open_house = requirement(-1, "Open house", Some(Arm::FirstGrant), open_house);
    stage.requirement("frontdoor", "open-house", open_house)
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
    match space.record(&Place::Space) {
        Some(Record::Space(space)) => time_zones::find(&space.time_zone).unwrap_or(TimeZone::UTC),
        _ => TimeZone::UTC,
    }
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a name that is written here is one")
}

fn tag(text: &str) -> Tag {
    text.parse().expect("a tag that is written here is one")
}

fn id(number: u64) -> MemberId {
    MemberId::new(number).expect("the cast is small")
}

#[cfg(test)]
mod tests;
