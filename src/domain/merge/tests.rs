//! What holds whoever joins what in which order.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;

use super::{
    deed::{DAYS, Deed, START, State, act, deed, fob, grant, member, path, put, space},
    merge,
};
use crate::domain::{
    check,
    model::{Change, Edit, Grant, Record, RecordPath},
    records::{Catalogue, Records as _},
};

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
    act(&mut theirs, 1, &Deed::Suspend { member: 1, day: 3, until: None });
    let joined = merge(&catalogue(&base), &difference(&base, &ours), &difference(&base, &theirs));
    let [question] = &joined.questions[..] else { panic!("{:?}", joined.questions) };
    assert_eq!(
        (question.path.as_str(), question.field.as_str()),
        ("members/00/0001/member.json", "name")
    );
    assert_eq!(question.ours, Some(json!("Named 2")));
    assert!(!question.ours_stands);
}

/// Two admins who shorten one window may leave nothing of it. What a third one grants elsewhere stands,
/// whoever comes first, since nobody revoked the credential.
#[test]
fn a_credential_of_whose_window_nothing_is_left_keeps_what_a_third_side_grants_it() {
    let base = space();
    let mut sides = vec![base.clone(); 3];
    for (side, facility, from, until) in [(0, false, 0, 1), (1, false, 1, 2), (2, true, 0, 4)] {
        act(&mut sides[side], side, &Deed::Grant { member: 1, facility, priority: 1, from, until });
    }
    let at = path("members/00/0001/credentials/t1.json");
    for order in ORDERS {
        for end in sync(&base, &sides, &order) {
            let Some(Record::Credential(it)) = end.get(&at) else { panic!("{order:?}") };
            let opens: Vec<&str> = it.grants.iter().map(|it| it.facility.as_str()).collect();
            assert_eq!(opens, ["lathe"], "{order:?}");
        }
    }
    // Without the third, it stays as it is, opens nothing, and is told.
    let [one, other, _] = &sides[..] else { panic!() };
    let joined = merge(&catalogue(&base), &difference(&base, one), &difference(&base, other));
    assert_eq!(joined.notes.len(), 1, "{:?}", joined.notes);
    let end = applied(other, &joined.change);
    let Some(Record::Credential(it)) = end.get(&at) else { panic!("it stays") };
    assert!(it.grants.is_empty());
    let findings = check::all(&catalogue(&end));
    assert!(findings.iter().all(|it| !it.is_error()) && findings.len() == 1, "{findings:?}");
}
