//! The explanations of each grant, induction and requirement.

use serde_json::{Value, json};
use space::domain::access::{Explanation, GrantStatus, Index, explain};

use crate::world::Case;

/// Explains whether member 1 may open the front door at noon on 15 January 2026.
fn explained<T>(fields: Value, look: impl FnOnce(Explanation<'_>) -> T) -> T {
    let mut all = json!({
        "name": "", "now": "2026-01-15T12:00:00Z", "credentials": [], "requirements": [],
        "reading": { "type": "fob", "code": "1", "facility": "frontdoor", "reader": "entry" },
        "members": { "0001": {} }, "expect": {}, "space": { "time_zone": "Europe/London" },
    });
    all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let case: Case = serde_json::from_value(all).unwrap();
    let index: Index = case.index();
    let member = "0001".parse().unwrap();
    look(explain(&index, member, &case.reading.facility, case.now).unwrap())
}

fn row(tag: &str, member: &str, code: &str, priority: i32) -> Value {
    json!({
        "tag": tag, "member": member, "type": "fob", "code": code, "facility": "frontdoor",
        "priority": priority, "effective": "2026-01-01T00:00:00Z", "expiration": null,
    })
}

fn with(mut row: Value, field: &str, value: &str) -> Value {
    row[field] = value.into();
    row
}

fn demand(tag: &str, priority: i32) -> Value {
    json!({
        "tag": tag, "facility": "frontdoor", "requiredpriority": priority, "timespec": "always",
    })
}

#[test]
fn every_grant_is_explained() {
    let fields = json!({
        "credentials": [
            row("best", "0001", "1", 3),
            row("lower", "0001", "1", 2),
            row("spare", "0001", "2", 1),
            with(row("elsewhere", "0001", "3", 9), "facility", "workshop"),
            row("shared", "0001", "4", 9),
            row("theirs", "0002", "4", 9),
            with(row("over", "0001", "5", 9), "expiration", "2026-01-15T12:00:00Z"),
            with(row("early", "0001", "6", 9), "effective", "2026-01-15T12:00:01Z"),
        ],
        "requirements": [demand("R", 1)],
    });
    let mut found = explained(fields, |it| {
        let found = it.grants.iter().map(|grant| {
            let facility = grant.facility.unwrap().to_string();
            (grant.tag.to_string(), facility, grant.expiration.is_some(), grant.status)
        });
        found.collect::<Vec<_>>()
    });
    found.sort_by(|one, other| one.0.cmp(&other.0));
    let expected = [
        ("best", "frontdoor", false, GrantStatus::Counts),
        ("early", "frontdoor", false, GrantStatus::NotYetEffective),
        ("elsewhere", "workshop", false, GrantStatus::OtherFacility),
        ("lower", "frontdoor", false, GrantStatus::Outranked),
        ("over", "frontdoor", true, GrantStatus::Expired),
        ("shared", "frontdoor", false, GrantStatus::Ambiguous),
        ("spare", "frontdoor", false, GrantStatus::Outranked),
    ];
    let expected =
        expected.map(|(tag, door, ends, status)| (tag.into(), door.into(), ends, status));
    assert_eq!(found, expected);
}

#[test]
fn an_induction_counts_from_its_day_on() {
    for (on, counts) in [("2026-01-14", true), ("2026-01-15", true), ("2026-01-16", false)] {
        let fields = json!({
            "facilities": { "frontdoor": { "induction": true } },
            "inductions": [{ "member": "0001", "facility": "frontdoor", "on": on }],
        });
        let found = explained(fields, |it| it.inductions);
        let found: Vec<_> = found.iter().map(|it| (it.on, it.counts)).collect();
        assert_eq!(found, [(Some(on.parse().unwrap()), counts)]);
    }
    let fields = json!({ "facilities": { "frontdoor": { "induction": true } } });
    let found = explained(fields, |it| it.inductions);
    assert_eq!(found.iter().map(|it| (it.on, it.counts)).collect::<Vec<_>>(), [(None, false)]);
}

#[test]
fn the_highest_requirement_comes_first_and_one_below_zero_holds() {
    let fields = json!({ "requirements": [demand("A", 1), demand("B", 5), demand("C", 0)] });
    explained(fields, |it| {
        let found: Vec<_> = it.requirements.iter().map(|it| it.requirement.priority).collect();
        assert_eq!(found, [5, 1, 0]);
        assert!(!it.held());
    });
    let mut armed = demand("A", -1);
    armed["arm"] = "first-grant".into();
    explained(json!({ "requirements": [armed] }), |it| assert!(!it.held()));
    explained(json!({ "requirements": [demand("A", -1)] }), |it| assert!(it.held()));
}
