//! What a facility demands at a moment, regardless of who asks.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Index;
use crate::domain::model::{Priority, Slug};

/// What a facility demands at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// At least this priority.
    Requires(Priority),
    /// Nothing: the facility is held unlocked, whatever else is demanded.
    Held,
    /// At least this priority until somebody is granted access; from then on it is held unlocked.
    HeldAfterGrant(Priority),
    /// Nobody gets in: no requirement is active.
    NoRequirement,
    /// Nobody gets in: something cannot be read.
    Shut,
}

impl Index {
    /// Returns what a facility demands at a moment: the highest active requirement, unless one
    /// below zero holds the facility unlocked. Outside the index's window everything is shut.
    #[must_use]
    pub fn demand(&self, facility: &Slug, now: Timestamp) -> Demand {
        let compiled = self.rules.today(now).and_then(|_| self.rules.facility(facility));
        let Some(compiled) = compiled.filter(|compiled| !compiled.shut) else {
            return Demand::Shut;
        };
        let Some(priority) = compiled.timeline.required(now) else { return Demand::NoRequirement };
        let mut holds = compiled.holds(now).peekable();
        if holds.peek().is_none() {
            Demand::Requires(priority)
        } else if holds.any(|hold| hold.arm.is_none()) {
            Demand::Held
        } else {
            Demand::HeldAfterGrant(priority)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{
        dues,
        model::{Arm, Basis, CommitId, Facility, FacilityFolder, FacilityKind, Requirement, Slot},
        schedule::Window,
    };

    const ON: &str = "always";
    const OFF: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:x\n\
        DTSTAMP:20260101T000000Z\nDTSTART:20260101T000000Z\nDTEND:20260102T000000Z\n\
        END:VEVENT\nEND:VCALENDAR\n";
    const ARMED: Option<Arm> = Some(Arm::FirstGrant);

    fn basis(requirements: &[(Priority, &str, Option<Arm>)]) -> Basis {
        let facility = Facility {
            name: "Door".into(),
            kind: FacilityKind::Door,
            induction: false,
            inductions_first: Vec::new(),
            fob_first: false,
            controllers: [].into(),
            controller_key: None,
            grant_on_induction: None,
            stale: None,
        };
        let requirement = |(place, (priority, timespec, arm)): (usize, &(Priority, &str, _))| {
            let requirement = Requirement {
                priority: *priority,
                timespec: (*timespec).to_owned(),
                description: None,
                arm: *arm,
            };
            (format!("t{place}").parse().unwrap(), Slot::Read(requirement))
        };
        let folder = FacilityFolder {
            facility: Slot::Read(facility),
            requirements: requirements.iter().enumerate().map(requirement).collect(),
            ..FacilityFolder::default()
        };
        let facilities = BTreeMap::from([("door".parse().unwrap(), folder)]);
        Basis { facilities, ..dues::fixture::basis() }
    }

    fn at(basis: &Basis, now: &str) -> Demand {
        let window = Window {
            from: "2026-03-01T00:00:00Z".parse().unwrap(),
            until: "2026-03-08T00:00:00Z".parse().unwrap(),
        };
        let index = Index::begin(CommitId::from_bytes([7; 20]), basis, window);
        index.demand(&"door".parse().unwrap(), now.parse().unwrap())
    }

    fn demand(requirements: &[(Priority, &str, Option<Arm>)]) -> Demand {
        at(&basis(requirements), "2026-03-02T12:00:00Z")
    }

    #[test]
    fn the_highest_requirement_that_is_on_counts() {
        assert_eq!(demand(&[]), Demand::NoRequirement);
        assert_eq!(demand(&[(3, OFF, None)]), Demand::NoRequirement);
        assert_eq!(demand(&[(1, ON, None), (2, ON, None), (3, OFF, None)]), Demand::Requires(2));
        assert_eq!(demand(&[(0, ON, None), (-1, OFF, None)]), Demand::Requires(0));
    }

    #[test]
    fn below_zero_it_is_held_whatever_else_is_on() {
        assert_eq!(demand(&[(-1, ON, None)]), Demand::Held);
        assert_eq!(demand(&[(-1, ON, None), (5, ON, None)]), Demand::Held);
        assert_eq!(demand(&[(-1, ON, ARMED), (-2, ON, None)]), Demand::Held);
        assert_eq!(demand(&[(-1, ON, ARMED), (5, ON, None)]), Demand::HeldAfterGrant(5));
        assert_eq!(demand(&[(-1, ON, ARMED)]), Demand::HeldAfterGrant(-1));
        assert_eq!(demand(&[(5, ON, ARMED)]), Demand::Requires(5), "only below zero holds");
    }

    #[test]
    fn what_cannot_be_read_shuts_it() {
        assert_eq!(demand(&[(-1, ON, None), (1, "whenever", None)]), Demand::Shut);
        let held = basis(&[(-1, ON, None)]);
        let mut broken = held.clone();
        let folder = broken.facilities.get_mut("door").unwrap();
        folder.requirements.insert("t9".parse().unwrap(), Slot::Unreadable);
        assert_eq!(at(&broken, "2026-03-02T12:00:00Z"), Demand::Shut);
        broken.facilities.get_mut("door").unwrap().facility = Slot::Unreadable;
        assert_eq!(at(&broken, "2026-03-02T12:00:00Z"), Demand::Shut);
        broken.facilities.clear();
        assert_eq!(at(&broken, "2026-03-02T12:00:00Z"), Demand::Shut, "there is no such facility");
        assert_eq!(at(&held, "2026-03-08T00:00:00Z"), Demand::Shut, "outside of the window");
    }
}
