//! Two members, two doors, and a calendar, without a repository.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use space::{
    config::Config,
    domain::{
        access::{CompiledMember, Index, Reading, Side},
        model::{
            Activity, Basis, Code, CommitId, FacilityFolder, MemberFolder, MemberId, Slot, Slug,
            SpaceKey,
        },
        schedule::Window,
    },
    door::{
        event::{Effect, Event, ScreenLine},
        layout::MachineLayout,
    },
};

pub(crate) const ADA: &str = "15408774";
pub(crate) const GRACE: &str = "10649959";
pub(crate) const STRANGER: &str = "424242";

pub(crate) fn key() -> SpaceKey {
    SpaceKey::from_bytes([7; 32])
}

/// An instant, in seconds after 18:00.
pub(crate) fn at(seconds: i64) -> Timestamp {
    "2026-01-15T18:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

/// Doors without wires, for every facility or for those given.
pub(crate) fn plan(chosen: &[Slug]) -> MachineLayout {
    MachineLayout::new(&Config::default(), chosen, 5)
}

pub(crate) fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}

fn read<T: serde::de::DeserializeOwned>(record: Value) -> T {
    serde_json::from_value(record).unwrap()
}

/// A calendar with one event for each pair of seconds.
pub(crate) fn calendar(events: &[(i64, i64)]) -> String {
    let stamp = |seconds| at(seconds).strftime("%Y%m%dT%H%M%SZ").to_string();
    let events = events.iter().enumerate().map(|(number, (start, end))| {
        format!(
            "BEGIN:VEVENT\nUID:u{number}\nDTSTAMP:20200101T000000Z\nDTSTART:{}\nDTEND:{}\nEND:VEVENT\n",
            stamp(*start),
            stamp(*end)
        )
    });
    let events: String = events.collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{events}END:VCALENDAR\n")
}

/// Compiles a space in which Ada and Grace may enter `frontdoor` and `laser` with priority 1. The
/// requirements belong to `frontdoor`; `laser` has one that always requires 1.
pub(crate) fn index(commit: u8, requirements: &[(&str, Value)]) -> Arc<Index> {
    index_where(commit, requirements, false)
}

/// Like [`index`]; passcodes at `frontdoor` may need a fob first. Ada's is 4455661.
pub(crate) fn index_where(
    commit: u8,
    requirements: &[(&str, Value)],
    fob_first: bool,
) -> Arc<Index> {
    compile(commit, requirements, fob_first, None)
}

/// As [`index_where`]; Ada's fob has this grant and no other.
pub(crate) fn index_with(
    commit: u8,
    requirements: &[(&str, Value)],
    fob_first: bool,
    grant: &Value,
) -> Arc<Index> {
    compile(commit, requirements, fob_first, Some(grant))
}

/// As [`index`]; `frontdoor` has a rule for old records.
pub(crate) fn index_when_stale(
    commit: u8,
    requirements: &[(&str, Value)],
    rule: &Value,
) -> Arc<Index> {
    compile_with(commit, requirements, false, None, rule)
}

fn compile(
    commit: u8,
    requirements: &[(&str, Value)],
    fob_first: bool,
    grant: Option<&Value>,
) -> Arc<Index> {
    compile_with(commit, requirements, fob_first, grant, &Value::Null)
}

fn compile_with(
    commit: u8,
    requirements: &[(&str, Value)],
    fob_first: bool,
    grant: Option<&Value>,
    stale: &Value,
) -> Arc<Index> {
    let mut basis = Basis {
        space: Slot::Read(read(json!({
            "name": "Space", "time_zone": "UTC", "currency": "GBP", "reference_prefix": "SM",
            "grace_days": 14, "dues": { "minimum": 0, "included_children": 0,
            "per_further_child": 0, "concession_age": 65 },
        }))),
        ..Basis::default()
    };
    basis.tiers.insert(slug("guest"), Slot::Read(read(json!({ "name": "Guest", "price": null }))));
    let always = [("always", json!({ "priority": 1, "timespec": "always" }))];
    for (name, requirements) in [("frontdoor", requirements), ("laser", &always)] {
        let facility = Slot::Read(read(json!({
            "name": name, "kind": "door", "fob_first": fob_first && name == "frontdoor",
            "stale": if name == "frontdoor" { stale.clone() } else { Value::Null },
        })));
        let rows = requirements.iter();
        let rows = rows.map(|(tag, it)| (tag.parse().unwrap(), Slot::Read(read(it.clone()))));
        let folder =
            FacilityFolder { facility, requirements: rows.collect(), ..FacilityFolder::default() };
        basis.facilities.insert(slug(name), folder);
    }
    let members = [(1, ADA), (2, GRACE)].map(|(id, number)| {
        let grants: Vec<_> = ["frontdoor", "laser"]
            .map(|name| {
                json!({ "facility": name, "priority": 1,
                    "effective": "2020-01-01T00:00:00Z", "expiration": null })
            })
            .into();
        let code = Code::fob(number).unwrap().hash(&key());
        let own = grant.filter(|_| number == ADA).map_or(grants.clone(), |it| vec![it.clone()]);
        let credential = json!({ "type": "fob", "code": code, "grants": own });
        let passcode = Code::passcode(&format!("445566{id}")).unwrap().hash(&key());
        let typed = json!({ "type": "passcode", "code": passcode, "grants": grants });
        CompiledMember::new(&MemberFolder {
            id: MemberId::new(id).unwrap(),
            member: Slot::Read(read(
                json!({ "name": "A", "tier": "guest", "joined": "2020-01-01" }),
            )),
            credentials: vec![
                (format!("t{id}").parse().unwrap(), read(credential)),
                (format!("p{id}").parse().unwrap(), read(typed)),
            ],
            inductions: vec![],
            unread: vec![],
        })
    });
    let day = SignedDuration::from_hours(24);
    let window = Window { from: at(0) - day, until: at(0) + day * 14 };
    Arc::new(Index::compile(CommitId::from_bytes([commit; 20]), &basis, members, window))
}

pub(crate) fn in_force(index: &Arc<Index>) -> Event {
    Event::Index(index.clone(), Some(key()), vec![])
}

pub(crate) fn read_at(facility: &str, side: Side, code: Code) -> Event {
    Event::Reading(Reading { facility: slug(facility), side, code })
}

pub(crate) fn enter(number: &str) -> Event {
    read_at("frontdoor", Side::Entry, Code::fob(number).unwrap())
}

pub(crate) fn leave(number: &str) -> Event {
    read_at("frontdoor", Side::Exit, Code::fob(number).unwrap())
}

pub(crate) fn wake(effects: &[Effect]) -> Timestamp {
    let wakes: Vec<_> = effects
        .iter()
        .filter_map(|it| match it {
            Effect::WakeAt(at) => Some(*at),
            _ => None,
        })
        .collect();
    assert_eq!(wakes.len(), 1, "{effects:?}");
    wakes[0]
}

pub(crate) fn journaled(effects: &[Effect]) -> Vec<&Activity> {
    effects
        .iter()
        .filter_map(|it| match it {
            Effect::Journal(activity) => Some(activity),
            _ => None,
        })
        .collect()
}

pub(crate) fn lines(effects: &[Effect]) -> Vec<&ScreenLine> {
    effects
        .iter()
        .filter_map(|it| match it {
            Effect::Show(line) => Some(line),
            _ => None,
        })
        .collect()
}
