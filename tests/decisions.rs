//! Readings and their decisions: worked examples, and an oracle written straight from the text.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/case_files.rs"]
mod case_files;
#[path = "decisions/explained.rs"]
mod explained;
#[path = "decisions/oracle.rs"]
mod oracle;
#[path = "decisions/random.rs"]
mod random;
#[path = "decisions/text.rs"]
mod text;
#[path = "decisions/world.rs"]
mod world;

use case_files::case_files;
use oracle::{Answer, World};
use proptest::prelude::*;
use serde_json::Value;
use space::domain::{
    access::{CompiledMember, Decision, Index, Side, decide, explain},
    model::{AccessResult, CodeHash, CredentialType, Reason, Slug},
    schedule::Window,
};
use world::{Case, File};

fn files() -> Vec<(String, File)> {
    case_files("decisions")
}

fn decided<'i>(case: &Case, index: &'i Index) -> Decision<'i> {
    let reading = &case.reading;
    let code = world::hash(reading.kind, &reading.code);
    decide(index, &reading.facility, reading.reader, &code, reading.kind, case.now)
}

#[test]
fn every_case_comes_out_as_written() {
    let mut count = 0;
    for (file, cases) in files() {
        assert!(!cases.about.is_empty());
        for case in cases.cases {
            check(&format!("{file}: {}", case.name), &case);
            count += 1;
        }
    }
    assert!(count >= 28, "only {count} cases were found");
}

fn check(name: &str, case: &Case) {
    let index = case.index();
    let got = decided(case, &index);
    for (field, expected) in &case.expect {
        let seen: Value = match field.as_str() {
            "result" => got.result.to_string().into(),
            "reason" => got.reason.name().into(),
            "member" => got.member.map_or("unknown".into(), |id| id.to_string()).into(),
            "tag" => got.tag.map(|tag| tag.to_string()).into(),
            "priority" => got.priority.into(),
            "required" => got.required.into(),
            // a hold that waits for its first grant counts as `armed` only after one
            "held_unlocked" => {
                index.holds(&case.reading.facility, case.now).any(|hold| hold.arm.is_none()).into()
            }
            "waits_for_first_grant" => {
                index.holds(&case.reading.facility, case.now).any(|hold| hold.arm.is_some()).into()
            }
            other => panic!("{name}: nothing is known of `{other}`"),
        };
        assert_eq!(seen, *expected, "{name}: {field} of {got:?}");
    }
    assert_eq!(got.commit, world::commit(), "{name}");
    if got.result == AccessResult::Granted {
        assert_eq!(got.reason, Reason::PrioritySuffices, "{name}");
    }
    let expects_hold = case.expect.get("held_unlocked").is_some_and(|it| *it == Value::Bool(true));
    let held = index.holds(&case.reading.facility, case.now).any(|hold| hold.arm.is_none());
    assert_eq!(held, expects_hold, "{name}: held unlocked");
}

/// `space why` must never disagree with the door.
#[test]
fn what_is_explained_is_what_is_decided() {
    for (file, cases) in files() {
        for case in cases.cases {
            let index = case.index();
            let got = decided(&case, &index);
            let (Some(member), AccessResult::Granted | AccessResult::Denied) =
                (got.member, got.result)
            else {
                continue;
            };
            let explanation = explain(&index, member, &case.reading.facility, case.now).unwrap();
            let best = explanation.decision.unwrap();
            let rank = |it: &Decision<'_>| (it.result == AccessResult::Granted, it.reason);
            assert!(rank(&best) >= rank(&got), "{file}: {}", case.name);
            if explanation.grants.iter().all(|grant| Some(grant.tag) == got.tag) {
                assert_eq!(best, got, "{file}: {}", case.name);
            }
        }
    }
}

#[test]
fn a_decision_allocates_nothing() {
    for (file, cases) in files() {
        for case in cases.cases {
            let index = case.index();
            let code = world::hash(case.reading.kind, &case.reading.code);
            let allocated = allocation_counter::measure(|| {
                let Case { reading, now, .. } = &case;
                let facility = &reading.facility;
                let _ = decide(&index, facility, reading.reader, &code, reading.kind, *now);
            });
            assert_eq!(allocated.count_total, 0, "{file}: {}", case.name);
        }
    }
}

fn compile(world: &World) -> Index {
    let entries = world.folders.values().map(CompiledMember::new);
    Index::compile(world::commit(), &world.basis, entries, world::window(random::at(0)))
}

fn answer(
    index: &Index,
    facility: &Slug,
    side: Side,
    (code, kind): (&CodeHash, CredentialType),
    now: jiff::Timestamp,
) -> Answer {
    let got = decide(index, facility, side, code, kind, now);
    Answer {
        result: got.result,
        reason: got.reason,
        member: got.member,
        tag: got.tag.cloned(),
        priority: got.priority,
        required: got.required,
    }
}

/// Asks every question at a moment: each facility, side, type and code.
fn agree(index: &Index, world: &World, now: jiff::Timestamp) -> Result<(), TestCaseError> {
    for facility in random::PLACES.map(|name| name.parse::<Slug>().unwrap()) {
        for kind in [CredentialType::Fob, CredentialType::Passcode] {
            for (code, side) in
                [1, 2, 3, 4, 5].map(|code| (code, Side::Entry)).into_iter().chain([(1, Side::Exit)])
            {
                let code = world::hash(kind, &code.to_string());
                prop_assert_eq!(
                    answer(index, &facility, side, (&code, kind), now),
                    world.decide(&facility, side, &code, kind, now),
                    "{} {} {:?} at {}",
                    facility,
                    kind,
                    side,
                    now
                );
            }
        }
        let held = index.holds(&facility, now).next().is_some();
        prop_assert_eq!(held, world.held(&facility, now), "{} held at {}", facility, now);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// `decide` agrees with the text.
    #[test]
    fn decisions_equal_the_oracle(world in random::space(), hours in prop::collection::vec(-40..40_i64, 4)) {
        let index = compile(&world);
        for now in hours {
            agree(&index, &world, random::at(now))?;
        }
    }

    /// A patched index equals the index of the other commit, and the old one stays unchanged.
    #[test]
    fn a_patched_index_equals_a_compiled_one(
        before in random::space(), after in random::space(), now in -40..40_i64, rules in any::<bool>(),
    ) {
        let now = random::at(now);
        let mut after = after;
        if !rules {
            (after.basis, after.events) = (before.basis.clone(), before.events.clone());
        }
        let changed = (1..5).map(|id| space::domain::model::MemberId::new(id).unwrap());
        let changed = changed.filter(|id| before.folders.get(id) != after.folders.get(id));
        let changed = changed.map(|id| (id, after.folders.get(&id).cloned())).collect();
        let old = compile(&before);
        let new = old.patch(world::commit(), rules.then_some(&after.basis), changed);
        agree(&new, &after, now)?;
        agree(&old, &before, now)?;
        let window = Window { from: random::at(-60), until: random::at(60) };
        agree(&new.with_window(window), &after, now)?;
    }

    /// Outside an index's window, everything is shut.
    #[test]
    fn beyond_the_horizon_nothing_opens(world in random::space(), hours in prop::sample::select(vec![-200, -169, 168, 169, 400])) {
        let index = compile(&world);
        let now = random::at(hours);
        for facility in random::PLACES.map(|name| name.parse::<Slug>().unwrap()) {
            prop_assert!(index.holds(&facility, now).next().is_none());
            for code in 1..5 {
                let code = world::hash(CredentialType::Fob, &code.to_string());
                let got = decide(&index, &facility, Side::Entry, &code, CredentialType::Fob, now);
                prop_assert_eq!(got.result, AccessResult::Denied);
            }
        }
    }
}
