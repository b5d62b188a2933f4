//! Whatever arrives, in whatever order and however often: nobody has a grant that no message gave,
//! no code has two holders, and no reason or log line contains a passcode.

use jiff::Timestamp;
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use space::domain::{
    messages::{Message, Outcome},
    model::{Code, CodeHash, CredentialType, Record, RecordPath, SpaceKey},
    records::Records,
};

use super::world::World;

const TAGS: &[&str] = &["T1", "T2", "T3", "D2F3CE26-12ab-4b2a-8943-d49e4a7b1420"];
const MEMBERS: &[u64] = &[1, 2, 3];
const FACILITIES: &[&str] = &["frontdoor", "laser", "kiln", "nowhere"];
/// Passcodes that occur nowhere else in a message.
const CODES: &[&str] = &["86011", "86022", "86033", "86044"];
const TYPES: &[&str] = &["fob", "passcode", "pin"];
const INSTANTS: &[&str] =
    &["2021-01-01T00:00:00Z", "2021-06-01T00:00:00+02:00", "2022-01-01T00:00:00", "never"];

fn activate() -> impl Strategy<Value = Value> {
    let who = (select(TAGS), select(MEMBERS), select(FACILITIES));
    (who, select(CODES), select(TYPES), -1..5, select(INSTANTS), select(INSTANTS)).prop_map(
        |((tag, member, facility), code, codetype, priority, effective, expiration)| {
            json!({
                "action": "activate", "tag": tag, "member": member, "facility": facility,
                "code": code, "codetype": codetype, "priority": priority,
                "effective": effective, "expiration": expiration,
            })
        },
    )
}

fn other() -> impl Strategy<Value = Value> {
    let facility = proptest::option::of(select(FACILITIES));
    let tag = proptest::option::of(select(TAGS));
    let member = proptest::option::of(select(MEMBERS));
    let codes = (select(CODES), select(CODES), select(TYPES), select(TYPES));
    let action = select(&["revoke", "modify", "set-requirement", "revoke-requirement"][..]);
    (action, tag, member, facility, codes, -2..5).prop_map(
        |(action, tag, member, facility, (old, new, old_type, new_type), priority)| {
            json!({
                "action": action, "tag": tag, "facility": facility,
                "member": if action == "revoke" && tag.is_some() { None } else { member },
                "oldcode": old, "newcode": new, "oldtype": old_type, "newtype": new_type,
                "requiredpriority": priority, "timespec": "always",
            })
        },
    )
}

/// Messages, valid or not, and sometimes with a field of another one.
fn message() -> impl Strategy<Value = Value> {
    let whole = prop_oneof![3 => activate(), 3 => other()];
    let field = select(&["code", "tag", "member", "facility", "priority", "action"][..]);
    let spoilt = proptest::option::weighted(0.1, (field, select(&["null", "7", "[]", "\"\""][..])));
    (whole, spoilt).prop_map(|(mut whole, spoilt)| {
        if let Some((field, value)) = spoilt {
            whole[field] = serde_json::from_str(value).unwrap();
        }
        whole
    })
}

fn sent(second: i64) -> Timestamp {
    Timestamp::from_second(1_612_000_000 + second).unwrap()
}

fn hash(kind: &Value, code: &Value, key: &SpaceKey) -> Option<CodeHash> {
    let kind = match kind.as_str()? {
        "fob" => CredentialType::Fob,
        "passcode" => CredentialType::Passcode,
        _ => return None,
    };
    Some(Code::parse(kind, code.as_str()?).ok()?.hash(key))
}

/// Tells whether messages gave the member this code: by itself, or in place of one that they gave.
fn gave_code(all: &[Value], member: u64, code: CodeHash, key: &SpaceKey) -> bool {
    let of_member = || all.iter().filter(|it| it["member"] == member);
    let stated = of_member().any(|it| {
        it["action"] == "activate" && hash(&it["codetype"], &it["code"], key) == Some(code)
    });
    stated
        || of_member().any(|it| {
            it["action"] == "modify" && hash(&it["newtype"], &it["newcode"], key) == Some(code)
        })
}

fn gave_grant(all: &[Value], member: u64, tag: &str, grant: &space::domain::model::Grant) -> bool {
    all.iter().any(|it| {
        it["action"] == "activate"
            && it["member"] == member
            && it["tag"].as_str().is_some_and(|it| it.eq_ignore_ascii_case(tag))
            && it["facility"] == grant.facility.as_str()
            && it["priority"] == grant.priority
            && instant(&it["effective"]) == Some(grant.effective)
            && instant(&it["expiration"]) == grant.expiration
    })
}

fn instant(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    text.parse().ok().or_else(|| format!("{text}Z").parse().ok())
}

proptest! {
    #[test]
    fn nobody_has_a_grant_that_no_message_gave(
        all in proptest::collection::vec(message(), 1..12),
        arrivals in proptest::collection::vec((any::<proptest::sample::Index>(), 0_i64..20), 1..40),
        size in 1_usize..6,
    ) {
        let mut world = World::new();
        let arrivals: Vec<Message> = arrivals
            .iter()
            .map(|(which, second)| {
                let which = which.index(all.len());
                let id = which.to_string();
                Message { id, sent: sent(*second), text: all[which].to_string() }
            })
            .collect();
        for batch in arrivals.chunks(size) {
            for outcome in world.receive(batch) {
                let said = match &outcome {
                    Outcome::Invalid { text, .. } => format!("{outcome} {text}"),
                    outcome => outcome.to_string(),
                };
                prop_assert!(!said.contains("860"), "{said}");
            }
        }
        for (path, record) in world.records.iter() {
            let (RecordPath::Credential(id, tag), Record::Credential(it)) = (path, record) else {
                continue;
            };
            prop_assert!(gave_code(&all, id.number(), it.code, &world.key), "{path}");
            for grant in &it.grants {
                prop_assert!(gave_grant(&all, id.number(), tag.as_str(), grant), "{path}: {grant:?}");
            }
            let holders = world.records.holders(&it.code);
            prop_assert!(holders.iter().all(|(other, _)| other == id), "{holders:?}");
        }
    }

    #[test]
    fn any_text_becomes_something(texts in proptest::collection::vec(".{0,200}", 1..4)) {
        let mut world = World::new();
        let message = |text: &String| Message { id: String::new(), sent: sent(0), text: text.clone() };
        let outcomes = world.receive(&texts.iter().map(message).collect::<Vec<_>>());
        prop_assert_eq!(world.access(), []);
        for outcome in outcomes {
            prop_assert!(matches!(outcome, Outcome::Invalid { .. }), "{}", outcome);
        }
    }
}
