//! Each sentence of the requirements about decisions.

use jiff::Timestamp;
use proptest::prelude::*;
use space::domain::{
    access::{CompiledMember, Index, Side, decide},
    model::{
        AccessResult, Credential, CredentialType, Facility, FacilityFolder, FacilityKind, Grant,
        MemberFolder, MemberId, Reason, Requirement, Slot, Slug,
    },
};

use crate::{random, world};

fn door() -> Slug {
    "frontdoor".parse().unwrap()
}

/// Decides on a fob with these priorities at a door that requires those.
fn enter(priorities: &[i32], required: &[i32]) -> (AccessResult, Reason, bool) {
    let mut basis = world::basis(&serde_json::Map::new());
    let facility = Facility {
        name: "Front door".into(),
        kind: FacilityKind::Door,
        induction: false,
        inductions_first: vec![],
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        stale: None,
    };
    let requirement = |priority| Requirement {
        priority,
        description: None,
        arm: None,
        timespec: "always".into(),
    };
    let rows = required.iter().enumerate().map(|(number, priority)| {
        (format!("r{number}").parse().unwrap(), Slot::Read(requirement(*priority)))
    });
    let folder = FacilityFolder {
        facility: Slot::Read(facility),
        requirements: rows.collect(),
        ..FacilityFolder::default()
    };
    basis.facilities.insert(door(), folder);
    let code = world::hash(CredentialType::Fob, "15408774");
    let credentials = priorities.iter().enumerate().map(|(number, priority)| {
        let (effective, expiration) = (Timestamp::UNIX_EPOCH, None);
        let grant = Grant { facility: door(), priority: *priority, effective, expiration };
        let credential = Credential { kind: CredentialType::Fob, code, grants: vec![grant] };
        (format!("t{number}").parse().unwrap(), credential)
    });
    let member = serde_json::json!({ "name": "Ada", "tier": "guest", "joined": "2020-01-01" });
    let folder = MemberFolder {
        id: MemberId::new(42).unwrap(),
        member: Slot::Read(serde_json::from_value(member).unwrap()),
        credentials: credentials.collect(),
        inductions: vec![],
        unread: vec![],
    };
    let now = random::at(0);
    let window = world::window(now);
    let index = Index::compile(world::commit(), &basis, [CompiledMember::new(&folder)], window);
    let got = decide(&index, &door(), Side::Entry, &code, CredentialType::Fob, now);
    (got.result, got.reason, index.holds(&door(), now).next().is_some())
}

/// See requirements.md D-12.
#[test]
fn a_time_with_an_offset_is_stored_in_utc() {
    let grant: Grant = serde_json::from_value(serde_json::json!({
        "facility": "frontdoor", "priority": 1,
        "effective": "2026-01-01T01:00:00+01:00", "expiration": null,
    }))
    .unwrap();
    let stored = serde_json::to_value(grant).unwrap();
    assert_eq!(stored["effective"], "2026-01-01T00:00:00Z");
}

/// See requirements.md D-44.
#[test]
fn without_requirements_no_priority_suffices() {
    for priority in [-1, 0, 1, 4, i32::MAX] {
        let (result, reason, held) = enter(&[priority], &[]);
        assert_eq!((result, reason, held), (AccessResult::Denied, Reason::NoRequirement, false));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// See requirements.md D-27, requirements.md D-42 and requirements.md D-43.
    #[test]
    fn the_highest_priority_meets_the_highest_requirement(
        priorities in prop::collection::vec(-3..9, 1..5),
        required in prop::collection::vec(-3..9, 1..5),
    ) {
        let granted = priorities.iter().max() >= required.iter().max();
        let expected = if granted { AccessResult::Granted } else { AccessResult::Denied };
        prop_assert_eq!(enter(&priorities, &required).0, expected);
    }

    /// See requirements.md D-45.
    #[test]
    fn a_priority_below_zero_holds(required in prop::collection::vec(-3..9, 0..5)) {
        prop_assert_eq!(enter(&[1], &required).2, required.iter().any(|it| *it < 0));
    }
}
