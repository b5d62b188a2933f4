//! A small space, and what admins do in it, in clones that know nothing of one another.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::DeserializeSeed as _;
use serde_json::{Value, json};

use crate::domain::{
    model::{MemberId, Record, RecordPath},
    payments,
};

pub(super) type State = BTreeMap<RecordPath, Record>;

pub(super) fn path(text: &str) -> RecordPath {
    RecordPath::of(text).unwrap().unwrap()
}

pub(super) fn put(state: &mut State, at: &str, value: Value) {
    let at = path(at);
    let record = at.deserialize(value).unwrap();
    state.insert(at, record);
}

pub(super) fn member(name: &str) -> Value {
    json!({ "name": name, "tier": "standard", "joined": "2025-01-01", "left": null, "suspended": null,
            "parent": null, "concession": false, "chosen_amount": null, "paid_until": null })
}

pub(super) fn grant(facility: &str, priority: i32, from: &str, until: Option<&str>) -> Value {
    json!({ "facility": facility, "priority": priority, "effective": from, "expiration": until })
}

pub(super) fn fob(code: u8, grants: &[Value]) -> Value {
    json!({ "type": "fob", "code": format!("{code:02x}").repeat(16), "grants": grants })
}

pub(super) const START: &str = "2026-01-01T00:00:00Z";
pub(super) const DAYS: [&str; 4] = [
    "2026-02-01T00:00:00Z",
    "2026-03-01T00:00:00Z",
    "2026-04-01T00:00:00Z",
    "2026-05-01T00:00:00Z",
];

/// A space of three members.
pub(super) fn space() -> State {
    let mut state = State::new();
    put(
        &mut state,
        "space.json",
        json!({ "format": 1, "name": "Space", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14,
                "dues": { "minimum": 500, "included_children": 1, "per_further_child": 500,
                          "concession_age": 65 } }),
    );
    put(&mut state, "tiers/standard.json", json!({ "name": "Standard", "price": 2500 }));
    put(&mut state, "tiers/guest.json", json!({ "name": "Guest", "price": null }));
    for name in ["door", "lathe"] {
        let at = format!("facilities/{name}/facility.json");
        put(&mut state, &at, json!({ "name": name, "kind": "door" }));
        let at = format!("facilities/{name}/requirements/{name}-always.json");
        put(&mut state, &at, json!({ "priority": 1, "timespec": "always" }));
    }
    for number in 1..=3_u8 {
        let home = format!("members/00/000{number}");
        put(&mut state, &format!("{home}/member.json"), member(&format!("Member {number}")));
        let grants = [grant("door", 2, START, Some(DAYS[2]))];
        put(&mut state, &format!("{home}/credentials/t{number}.json"), fob(number, &grants));
    }
    state
}

/// Something that an admin does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Grant { member: u8, facility: bool, priority: i32, from: usize, until: usize },
    Revoke { member: u8 },
    Another { member: u8, tag: u8, code: u8 },
    Suspend { member: u8, day: u8, until: Option<u8> },
    Resume { member: u8 },
    Leave { member: u8, day: u8 },
    Name { member: u8, name: u8 },
    Pay { member: u8, id: u8, day: u8, months: u16 },
    Assign { member: u8, id: u8 },
    Tier { member: u8 },
    Parent { second: bool },
    Demand { facility: bool, priority: i32 },
    RemoveFacility,
    Import { member: u8, day: u8, format: Option<bool> },
    Hours { facility: bool, from: u8, long: u8 },
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let of = 1..=3_u8;
    prop_oneof![
        4 => (of.clone(), any::<bool>(), 1..4, 0..4_usize, 0..5_usize).prop_map(
            |(member, facility, priority, from, until)| Deed::Grant { member, facility, priority, from, until }
        ),
        1 => of.clone().prop_map(|member| Deed::Revoke { member }),
        1 => (of.clone(), 0..6_u8, 1..9_u8).prop_map(|(member, tag, code)| Deed::Another { member, tag, code }),
        2 => (of.clone(), 1..20_u8, proptest::option::of(20..28_u8))
            .prop_map(|(member, day, until)| Deed::Suspend { member, day, until }),
        1 => of.clone().prop_map(|member| Deed::Resume { member }),
        1 => (of.clone(), 1..20_u8).prop_map(|(member, day)| Deed::Leave { member, day }),
        1 => (of.clone(), 0..4_u8).prop_map(|(member, name)| Deed::Name { member, name }),
        3 => (of.clone(), 0..60_u8, 1..28_u8, 1..4_u16)
            .prop_map(|(member, id, day, months)| Deed::Pay { member, id, day, months }),
        1 => (of.clone(), 0..3_u8).prop_map(|(member, id)| Deed::Assign { member, id }),
        1 => of.clone().prop_map(|member| Deed::Tier { member }),
        1 => any::<bool>().prop_map(|second| Deed::Parent { second }),
        1 => (any::<bool>(), 1..4).prop_map(|(facility, priority)| Deed::Demand { facility, priority }),
        1 => Just(Deed::RemoveFacility),
        3 => (of.clone(), 1..12_u8, any::<Option<bool>>())
            .prop_map(|(member, day, format)| Deed::Import { member, day, format }),
        1 => (any::<bool>(), 8..20_u8, 1..4_u8)
            .prop_map(|(facility, from, long)| Deed::Hours { facility, from, long }),
    ]
}

/// Does it, as an admin would in a clone of which the others know nothing.
pub(super) fn act(state: &mut State, clone: usize, deed: &Deed) {
    let home = |member: u8| format!("members/00/000{member}");
    let edit = |state: &mut State, at: &str, change: &dyn Fn(&mut Value)| {
        let Some(record) = state.get(&path(at)) else { return };
        let mut value = serde_json::to_value(record).unwrap();
        change(&mut value);
        put(state, at, value);
    };
    let member = |member: u8| format!("{}/member.json", home(member));
    let name = |lathe: bool| if lathe { "lathe" } else { "door" };
    match *deed {
        Deed::Grant { member, facility, priority, from, until } => {
            if !state.contains_key(&path(&format!("facilities/{}/facility.json", name(facility)))) {
                return;
            }
            let until = DAYS.get(until).filter(|_| until > from).copied();
            let new = grant(name(facility), priority, DAYS[from], until);
            edit(state, &format!("{}/credentials/t{member}.json", home(member)), &|it| {
                let grants = it["grants"].as_array_mut().unwrap();
                grants.retain(|it| it["facility"] != name(facility));
                grants.push(new.clone());
            });
        }
        Deed::Revoke { member } => {
            state.remove(&path(&format!("{}/credentials/t{member}.json", home(member))));
        }
        Deed::Another { member, tag, code } => {
            let code = 10 + code;
            let taken = state.iter().any(|(at, it)| {
                at.member() != path(&format!("{}/member.json", home(member))).member()
                    && matches!(it, Record::Credential(it) if it.code.bytes()[0] == code)
            });
            if !taken {
                let at = format!("{}/credentials/new-{clone}-{member}-{tag}.json", home(member));
                put(state, &at, fob(code, &[grant("door", 1, START, None)]));
            }
        }
        Deed::Suspend { member: id, day, until } => {
            edit(state, &member(id), &|it| {
                it["suspended"] = json!(format!("2026-03-{day:02}"));
                it["suspended_until"] = json!(until.map(|day| format!("2026-03-{day:02}")));
            });
        }
        Deed::Resume { member: id } => edit(state, &member(id), &|it| {
            (it["suspended"], it["suspended_until"]) = (json!(null), json!(null));
        }),
        Deed::Leave { member: id, day } => {
            edit(state, &member(id), &|it| it["left"] = json!(format!("2026-04-{day:02}")));
        }
        Deed::Name { member: id, name } => {
            edit(state, &member(id), &|it| it["name"] = json!(format!("Named {name}")));
        }
        Deed::Pay { member: id, id: payment, day, months } => {
            let id = MemberId::new(id.into()).unwrap();
            let at = format!("members/00/{id}/payments/2026-01-{day:02}-{clone}x{payment}.json");
            put(
                state,
                &at,
                json!({ "date": format!("2026-01-{day:02}"), "amount": 2500 * months,
                "months": months, "from": null, "text": "", "source": null, "returned": null }),
            );
            settle(state, id);
        }
        Deed::Assign { member: id, id: payment } => {
            let id = MemberId::new(id.into()).unwrap();
            let known = format!("-shared{payment}");
            if state.keys().any(|it| it.to_string().contains(&known)) {
                return;
            }
            let at = format!("members/00/{id}/payments/2026-01-10{known}.json");
            put(
                state,
                &at,
                json!({ "date": "2026-01-10", "amount": 2500, "months": 1, "from": null,
                "text": "", "source": null, "returned": null }),
            );
            settle(state, id);
        }
        Deed::Tier { member: id } => edit(state, &member(id), &|it| it["tier"] = json!("guest")),
        Deed::Parent { second } => {
            let (id, parent) = if second { (2, 3) } else { (1, 2) };
            let has_parent = |id: u8| matches!(state.get(&path(&member(id))), Some(Record::Member(it)) if it.parent.is_some());
            if !(has_parent(parent) || second && has_parent(1)) {
                edit(state, &member(id), &|it| it["parent"] = json!(format!("000{parent}")));
            }
        }
        Deed::Demand { facility, priority } => {
            let name = name(facility);
            let at = format!("facilities/{name}/requirements/{name}-always.json");
            edit(state, &at, &|it| it["priority"] = json!(priority));
        }
        Deed::Import { member: id, day, format } => {
            let id = MemberId::new(id.into()).unwrap();
            let date = jiff::civil::date(2026, 1, day as i8);
            // In a format that the others do not have, the same money has another identity.
            let format = format.map_or_else(|| format!("{clone}"), |it| format!("{it}"));
            let tag = payments::by_content(date, 2500, &format!("format {format}"), 0);
            let at = format!("members/00/{id}/payments/{date}-{tag}.json");
            put(
                state,
                &at,
                json!({ "date": date, "amount": 2500, "months": 1, "from": null,
                "text": "dues", "source": null, "returned": null }),
            );
            settle(state, id);
        }
        Deed::Hours { facility, from, long } => {
            let name = name(facility);
            let at = format!("facilities/{name}/requirements/{name}-always.json");
            let until = from + long;
            let timespec = format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nBEGIN:VEVENT\r\nUID:a\r\n\
                 DTSTART;TZID=Europe/London:20260107T{from:02}0000\r\n\
                 DTEND;TZID=Europe/London:20260107T{until:02}0000\r\n\
                 RRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            edit(state, &at, &|it| it["timespec"] = json!(timespec));
        }
        Deed::RemoveFacility => {
            let grants = |it: &Record| matches!(it, Record::Credential(it) if it.grants.iter().any(|it| it.facility.as_str() == "lathe"));
            if !state.values().any(grants) {
                state.retain(|at, _| !at.to_string().starts_with("facilities/lathe/"));
            }
        }
    }
}

pub(super) fn settle(state: &mut State, id: MemberId) {
    let mut all: Vec<_> = state
        .iter()
        .filter_map(|(at, it)| match (at, it) {
            (RecordPath::Payment(member, name), Record::Payment(it)) if *member == id => {
                Some((name.clone(), it.clone()))
            }
            _ => None,
        })
        .collect();
    let until = payments::settle(&mut all, 14, jiff::civil::Date::MIN);
    for (name, payment) in all {
        state.insert(RecordPath::Payment(id, name), Record::Payment(payment));
    }
    if let Some(Record::Member(member)) = state.get_mut(&RecordPath::Member(id)) {
        member.paid_until = until;
    }
}
