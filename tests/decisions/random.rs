//! Random spaces, small enough for codes, members and moments to coincide often.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::date};
use proptest::{collection::vec, option, prelude::*};
use space::domain::{
    model::{
        Basis, Credential, CredentialType, Facility, FacilityFolder, FacilityKind, Grant,
        Induction, Member, MemberFolder, MemberId, Requirement, Slot, Slug,
    },
    schedule::Interval,
};

use crate::{oracle::World, world};

pub(crate) const PLACES: [&str; 3] = ["door", "laser", "nowhere"];

/// A moment in hours around the middle of January 2026.
pub(crate) fn at(hours: i64) -> Timestamp {
    "2026-01-15T06:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours)
}

pub(crate) fn slug() -> impl Strategy<Value = Slug> {
    prop::sample::select(&PLACES[..]).prop_map(|name| name.parse().unwrap())
}

pub(crate) fn kind() -> impl Strategy<Value = CredentialType> {
    prop::sample::select(vec![CredentialType::Fob, CredentialType::Passcode])
}

pub(crate) fn code() -> impl Strategy<Value = String> {
    (1..5_u8).prop_map(|code| code.to_string())
}

fn id() -> impl Strategy<Value = MemberId> {
    (1..5_u64).prop_map(|id| MemberId::new(id).unwrap())
}

fn day() -> impl Strategy<Value = jiff::civil::Date> {
    (13..18_i8).prop_map(|day| date(2026, 1, day))
}

fn slot<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Slot<T>> {
    (of, 0..12_u8).prop_map(|(value, luck)| match luck {
        0 => Slot::Unreadable,
        _ => Slot::Read(value),
    })
}

fn member() -> impl Strategy<Value = Member> {
    let tier = prop::sample::select(vec!["guest", "standard", "standard", "gold"]);
    let rare = |day| option::weighted(0.15, day);
    let until = option::of(day());
    let parent = option::weighted(0.3, id());
    (tier, rare(day().boxed()), rare(day().boxed()), until, parent, option::of(day())).prop_map(
        |(tier, left, since, until, parent, paid_until)| Member {
            name: "Ada".into(),
            tier: tier.parse().unwrap(),
            joined: date(2000, 1, 1),
            left,
            suspended: since,
            suspended_until: until,
            parent,
            concession: false,
            chosen_amount: None,
            paid_until,
        },
    )
}

fn grant() -> impl Strategy<Value = Grant> {
    (slug(), 0..4_i32, -30..10_i64, option::of(-10..30_i64)).prop_map(
        |(to, priority, from, until)| Grant {
            facility: to,
            priority,
            effective: at(from),
            expiration: until.map(at),
        },
    )
}

fn credential() -> impl Strategy<Value = Credential> {
    (kind(), code(), vec(grant(), 0..4)).prop_map(|(kind, code, grants)| Credential {
        kind,
        code: world::hash(kind, &code),
        grants,
    })
}

fn folder(id: MemberId) -> impl Strategy<Value = MemberFolder> {
    let inductions = vec((slug(), day()), 0..3);
    (slot(member()), vec(credential(), 0..3), inductions).prop_map(move |(member, all, given)| {
        let named = |(number, it)| (format!("t{number}-{id}").parse().unwrap(), it);
        let given: BTreeMap<_, _> = given.into_iter().collect();
        let induction = |on| Induction { on, by: None, inductor: false };
        MemberFolder {
            id,
            member,
            credentials: all.into_iter().enumerate().map(named).collect(),
            inductions: given.into_iter().map(|(to, on)| (to, induction(on))).collect(),
            unread: vec![],
        }
    })
}

/// A requirement's priority and, unless it is `always`, the hours between which it is active.
type Demand = (i32, Option<(i64, i64)>);

fn facility() -> impl Strategy<Value = (Slot<Facility>, Vec<Slot<Demand>>)> {
    let record = (any::<bool>(), vec(slug(), 0..2)).prop_map(|(induction, first)| Facility {
        name: "Door".into(),
        kind: FacilityKind::Door,
        induction: induction && first.is_empty(),
        inductions_first: first,
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        stale: None,
    });
    let demand = (-1..4_i32, option::of((-20..20_i64, 1..20_i64)));
    (slot(record), vec(slot(demand), 0..4))
}

fn basis() -> impl Strategy<Value = (Basis, BTreeMap<(Slug, space::domain::model::Tag), Interval>)>
{
    (facility(), facility(), 0..30_u8, 0..30_u8, 0..3_u16).prop_map(
        |(door, laser, luck, tier, grace)| {
            let mut basis = world::basis(&serde_json::Map::new());
            match (luck, &mut basis.space) {
                (0, space) => *space = Slot::Unreadable,
                (1, Slot::Read(space)) => space.time_zone = "Middle/Earth".into(),
                (_, Slot::Read(space)) => space.grace_days = grace,
                _ => unreachable!(),
            }
            if tier == 0 {
                basis.tiers.insert("standard".parse().unwrap(), Slot::Unreadable);
            }
            let mut events = BTreeMap::new();
            for (name, (facility, demands)) in [("door", door), ("laser", laser)] {
                let name: Slug = name.parse().unwrap();
                let mut folder = FacilityFolder { facility, ..FacilityFolder::default() };
                for (number, demand) in demands.into_iter().enumerate() {
                    let tag: space::domain::model::Tag = format!("r{number}").parse().unwrap();
                    let slot = match demand {
                        Slot::Read((priority, hours)) => {
                            let (timespec, event) = timespec(hours);
                            events.insert((name.clone(), tag.clone()), event);
                            let (description, arm) = (None, None);
                            Slot::Read(Requirement { priority, description, arm, timespec })
                        }
                        _ => Slot::Unreadable,
                    };
                    folder.requirements.insert(tag, slot);
                }
                basis.facilities.insert(name, folder);
            }
            (basis, events)
        },
    )
}

fn timespec(hours: Option<(i64, i64)>) -> (String, Interval) {
    let Some((start, long)) = hours else { return ("always".into(), Interval::ALWAYS) };
    let event = Interval { start: at(start), end: at(start + long) };
    let stamp = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let text = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\nBEGIN:VEVENT\nUID:u\n\
         DTSTAMP:20200101T000000Z\nDTSTART:{}\nDTEND:{}\nEND:VEVENT\nEND:VCALENDAR\n",
        stamp(event.start),
        stamp(event.end)
    );
    (text, event)
}

/// A space of two facilities and up to four members.
pub(crate) fn space() -> impl Strategy<Value = World> {
    let folders: Vec<_> =
        (1..5).map(|id| option::weighted(0.8, folder(MemberId::new(id).unwrap()))).collect();
    (basis(), folders).prop_map(|((basis, events), folders)| World {
        basis,
        events,
        folders: folders.into_iter().flatten().map(|folder| (folder.id, folder)).collect(),
    })
}
