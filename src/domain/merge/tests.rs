//! What holds whoever joins what in which order.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use serde::de::DeserializeSeed as _;
use serde_json::{Value, json};

use super::merge;
use crate::domain::{
    check,
    model::{Change, Edit, Grant, MemberId, Record, RecordPath},
    payments,
    records::{Catalogue, Records as _},
};

type State = BTreeMap<RecordPath, Record>;

fn path(text: &str) -> RecordPath {
    RecordPath::of(text).unwrap().unwrap()
}

fn put(state: &mut State, at: &str, value: Value) {
    let at = path(at);
    let record = at.deserialize(value).unwrap();
    state.insert(at, record);
}

fn member(name: &str) -> Value {
    json!({ "name": name, "tier": "standard", "joined": "2025-01-01", "left": null, "suspended": null,
            "parent": null, "concession": false, "chosen_amount": null, "paid_until": null })
}

fn grant(facility: &str, priority: i32, from: &str, until: Option<&str>) -> Value {
    json!({ "facility": facility, "priority": priority, "effective": from, "expiration": until })
}

fn fob(code: u8, grants: &[Value]) -> Value {
    json!({ "type": "fob", "code": format!("{code:02x}").repeat(16), "grants": grants })
}

const START: &str = "2026-01-01T00:00:00Z";
const DAYS: [&str; 4] = [
    "2026-02-01T00:00:00Z",
    "2026-03-01T00:00:00Z",
    "2026-04-01T00:00:00Z",
    "2026-05-01T00:00:00Z",
];

/// A space of three members.
fn space() -> State {
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
enum Deed {
    Grant { member: u8, facility: bool, priority: i32, from: usize, until: usize },
    Revoke { member: u8 },
    Another { member: u8, tag: u8, code: u8 },
    Suspend { member: u8, day: u8 },
    Leave { member: u8, day: u8 },
    Name { member: u8, name: u8 },
    Pay { member: u8, id: u8, day: u8, months: u16 },
    Assign { member: u8, id: u8 },
    Tier { member: u8 },
    Parent { second: bool },
    Demand { facility: bool, priority: i32 },
    RemoveFacility,
}

fn deed() -> impl Strategy<Value = Deed> {
    let of = 1..=3_u8;
    prop_oneof![
        4 => (of.clone(), any::<bool>(), 1..4, 0..4_usize, 0..5_usize).prop_map(
            |(member, facility, priority, from, until)| Deed::Grant { member, facility, priority, from, until }
        ),
        1 => of.clone().prop_map(|member| Deed::Revoke { member }),
        1 => (of.clone(), 0..6_u8, 1..9_u8).prop_map(|(member, tag, code)| Deed::Another { member, tag, code }),
        1 => (of.clone(), 1..20_u8).prop_map(|(member, day)| Deed::Suspend { member, day }),
        1 => (of.clone(), 1..20_u8).prop_map(|(member, day)| Deed::Leave { member, day }),
        1 => (of.clone(), 0..4_u8).prop_map(|(member, name)| Deed::Name { member, name }),
        3 => (of.clone(), 0..60_u8, 1..28_u8, 1..4_u16)
            .prop_map(|(member, id, day, months)| Deed::Pay { member, id, day, months }),
        1 => (of.clone(), 0..3_u8).prop_map(|(member, id)| Deed::Assign { member, id }),
        1 => of.clone().prop_map(|member| Deed::Tier { member }),
        1 => any::<bool>().prop_map(|second| Deed::Parent { second }),
        1 => (any::<bool>(), 1..4).prop_map(|(facility, priority)| Deed::Demand { facility, priority }),
        1 => Just(Deed::RemoveFacility),
    ]
}

/// Does it, as an admin would in a clone of which the others know nothing.
fn act(state: &mut State, clone: usize, deed: &Deed) {
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
        Deed::Suspend { member: id, day } => {
            edit(state, &member(id), &|it| it["suspended"] = json!(format!("2026-03-{day:02}")));
        }
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
        Deed::RemoveFacility => {
            let grants = |it: &Record| matches!(it, Record::Credential(it) if it.grants.iter().any(|it| it.facility.as_str() == "lathe"));
            if !state.values().any(grants) {
                state.retain(|at, _| !at.to_string().starts_with("facilities/lathe/"));
            }
        }
    }
}

fn settle(state: &mut State, id: MemberId) {
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

fn difference(before: &State, after: &State) -> Change {
    let mut change = Change::new("", "");
    for at in before.keys().filter(|at| !after.contains_key(at)) {
        change = change.remove(at.clone());
    }
    for (at, record) in after.iter().filter(|(at, it)| before.get(at) != Some(it)) {
        change = change.put(at.clone(), record.clone());
    }
    change
}

fn catalogue(state: &State) -> Catalogue {
    state.clone().into_iter().collect()
}

fn applied(state: &State, change: &Change) -> State {
    let mut state = state.clone();
    for (at, edit) in &change.edits {
        match edit {
            Edit::Put(record) => state.insert(at.clone(), (**record).clone()),
            Edit::Remove => state.remove(at),
        };
    }
    state
}

/// Joins two states with a common base; theirs was pushed first.
fn join(base: &State, ours: &State, theirs: &State) -> State {
    let joined = merge(&catalogue(base), &difference(base, ours), &difference(base, theirs));
    applied(theirs, &joined.change)
}

/// Lets clones sync one after another, then all of them once more; returns what is in each.
fn sync(base: &State, sides: &[State], order: &[usize]) -> Vec<State> {
    let mut server = base.clone();
    let mut clones: Vec<(State, State)> =
        sides.iter().map(|side| (base.clone(), side.clone())).collect();
    for at in order.iter().chain(order) {
        let (known, mine) = &clones[*at];
        server = join(known, mine, &server);
        clones[*at] = (server.clone(), server.clone());
    }
    clones.into_iter().map(|(_, mine)| mine).collect()
}

fn priority(state: &State, at: &RecordPath, facility: &str, now: Timestamp) -> Option<i32> {
    let Some(Record::Credential(it)) = state.get(at) else { return None };
    let valid = |it: &&Grant| {
        it.facility.as_str() == facility
            && it.effective <= now
            && it.expiration.is_none_or(|end| now < end)
    };
    it.grants.iter().filter(valid).map(|it| it.priority).max()
}

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn three_clones_end_the_same_in_any_order(
        deeds in proptest::collection::vec((0..3_usize, deed()), 0..14),
    ) {
        let base = space();
        let mut sides = vec![base.clone(); 3];
        for (clone, deed) in &deeds {
            act(&mut sides[*clone], *clone, deed);
        }
        let ends: Vec<Vec<State>> = ORDERS.iter().map(|order| sync(&base, &sides, order)).collect();
        let end = &ends[0][0];
        for (order, clones) in ORDERS.iter().zip(&ends) {
            for clone in clones {
                let differs = difference(end, clone);
                prop_assert!(differs.edits.is_empty(), "{order:?}: {differs:#?}");
            }
        }

        let findings = check::all(&catalogue(end));
        prop_assert!(!findings.iter().any(|it| it.is_error()), "{findings:#?}");

        for now in [START].iter().chain(&DAYS).map(|it| it.parse::<Timestamp>().unwrap()) {
            for (at, facility) in end.keys().flat_map(|at| [(at, "door"), (at, "lathe")]) {
                let given = priority(end, at, facility, now);
                let before = priority(&base, at, facility, now);
                let each: Vec<_> =
                    sides.iter().map(|side| priority(side, at, facility, now)).collect();
                prop_assert!(given <= each.iter().copied().max().flatten(), "no side granted {at}");
                for side in each.into_iter().filter(|it| *it < before) {
                    prop_assert!(given <= side, "{at} was revoked at {now}");
                }
            }
        }

        let ids = |state: &State| -> Vec<String> {
            let id = |at: &RecordPath| match at {
                RecordPath::Payment(_, name) => Some(name.as_str()[11..].to_owned()),
                RecordPath::Unmatched(_, id) => Some(id.to_string()),
                _ => None,
            };
            state.keys().filter_map(id).collect()
        };
        let mut paid: Vec<String> = sides.iter().flat_map(ids).collect();
        paid.sort();
        paid.dedup();
        let mut kept = ids(end);
        kept.sort();
        prop_assert_eq!(kept, paid, "each payment is there once");
    }
}

#[test]
fn a_number_taken_twice_belongs_to_whoever_pushed_first() {
    let base = space();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    for (side, name, code) in [(&mut ours, "Ada", 70), (&mut theirs, "Grace", 71)] {
        put(side, "members/00/0004/member.json", member(name));
        put(
            side,
            "members/00/0004/credentials/x.json",
            fob(code, &[grant("door", 1, START, None)]),
        );
    }
    let tag = ours.remove(&path("members/00/0004/credentials/x.json")).unwrap();
    ours.insert(path("members/00/0004/credentials/y.json"), tag);
    let mut child = member("Ada's child");
    child["parent"] = json!("0004");
    put(&mut ours, "members/00/0005/member.json", child);
    let joined = merge(&catalogue(&base), &difference(&base, &ours), &difference(&base, &theirs));
    let numbers: Vec<String> =
        joined.renumbered.iter().map(|(old, new)| format!("{old} {new}")).collect();
    assert_eq!(numbers, ["0004 0006"]);
    let end = catalogue(&applied(&theirs, &joined.change));
    let names: Vec<_> = end
        .iter()
        .filter_map(|(at, it)| match (at, it) {
            (RecordPath::Member(id), Record::Member(it)) => {
                Some((id.to_string(), it.name.clone(), it.parent.map(|it| it.to_string())))
            }
            _ => None,
        })
        .skip(3)
        .collect();
    let expected = [
        ("0004".to_owned(), "Grace".to_owned(), None),
        ("0005".to_owned(), "Ada's child".to_owned(), Some("0006".to_owned())),
        ("0006".to_owned(), "Ada".to_owned(), None),
    ];
    assert_eq!(names, expected);
    assert!(end.exists(&path("members/00/0006/credentials/y.json")));
    assert!(end.exists(&path("members/00/0004/credentials/x.json")));
    assert_eq!(check::all(&end), []);
}

#[test]
fn one_field_with_two_values_is_a_question() {
    let base = space();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    act(&mut ours, 0, &Deed::Name { member: 1, name: 2 });
    act(&mut theirs, 1, &Deed::Name { member: 1, name: 1 });
    act(&mut theirs, 1, &Deed::Suspend { member: 1, day: 3 });
    let joined = merge(&catalogue(&base), &difference(&base, &ours), &difference(&base, &theirs));
    let [question] = &joined.questions[..] else { panic!("{:?}", joined.questions) };
    assert_eq!(
        (question.path.as_str(), question.field.as_str()),
        ("members/00/0001/member.json", "name")
    );
    assert_eq!(question.ours, Some(json!("Named 2")));
    assert!(!question.ours_stands);
}
