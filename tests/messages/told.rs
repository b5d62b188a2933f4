//! What the commit and the diagnostic log say about messages.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use space::domain::{
    messages::{Message, Outcome},
    model::{Record, RecordPath, Requirement, Slug, SpreadTag, budget},
    records::Records,
};

use super::world::World;

fn sent(second: i64) -> Timestamp {
    Timestamp::from_second(1_612_000_000 + second).unwrap()
}

fn message(second: i64, text: &Value) -> Message {
    Message { id: format!("id {second}"), sent: sent(second), text: text.to_string() }
}

fn activate(tag: &str, member: u64) -> Value {
    json!({
        "action": "activate", "tag": tag, "member": member, "facility": "frontdoor",
        "codetype": "passcode", "code": (4_455_660 + member).to_string(), "priority": 1,
        "effective": "2021-01-01T00:00:00Z", "expiration": "2022-01-01T00:00:00Z",
    })
}

fn revoke(tag: &str) -> Value {
    json!({ "action": "revoke", "tag": tag })
}

fn notes(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Applied { notes, .. } => notes.iter().map(ToString::to_string).collect(),
        other => panic!("{other}"),
    }
}

#[test]
fn the_commit_names_the_messages_that_it_contains() {
    let mut world = World::new();
    let one = world.batch(&[message(1, &activate("T1", 1))]);
    let subject = "credential: activate passcode of the new member 0001 for frontdoor";
    assert_eq!(one.plan.change.subject, subject);
    assert_eq!(one.plan.change.trailer, "message.apply id_1");
    let several = world.batch(&[
        message(5, &revoke("T1")),
        message(2, &activate("T2", 2)),
        message(4, &json!("garbage")),
        message(3, &activate("T3", 3)),
        message(1, &activate("T1", 1)),
    ]);
    assert_eq!(several.plan.change.subject, "messages: apply 3 messages (2 activate, 1 revoke)");
    assert_eq!(several.plan.change.trailer, "message.apply id_2 id_3 id_5");
    let early = world.batch(&[message(9, &revoke("T9"))]);
    assert_eq!(early.plan.change.subject, "messages: remember what changes nothing yet");
    assert_eq!(early.outcomes[0].to_string(), "nothing to change: no credential has the tag T9");
}

#[test]
fn what_keeps_a_door_shut_or_open_is_noted() {
    let mut world = World::new();
    let [outcome] = &world.receive(&[message(1, &activate("T1", 1))])[..] else { panic!() };
    assert_eq!(notes(outcome), Vec::<String>::new());
    let id = "0001".parse().unwrap();
    let path = RecordPath::Member(id);
    let Some(Record::Member(mut member)) = world.records.record(&path) else { panic!() };
    member.suspended = Some("2021-01-15".parse().unwrap());
    world.records.insert(path, Record::Member(member));
    let with = |text: Value, name: &str| {
        let mut text = text;
        text[name] = json!("x");
        text
    };
    let outcomes = world.receive(&[
        message(2, &with(activate("T2", 1), "comment")),
        message(
            3,
            &json!({
                "action": "set-requirement", "tag": "R1", "facility": "frontdoor",
                "requiredpriority": 2, "timespec": "always",
            }),
        ),
        message(
            4,
            &json!({
                "action": "set-requirement", "tag": "R2", "facility": "frontdoor",
                "requiredpriority": -1, "timespec": "always",
            }),
        ),
    ]);
    assert_eq!(
        notes(&outcomes[0]),
        [
            "0001 Member 0001 is suspended since 2021-01-15, so the credential opens nothing for now",
            "the message has a field `comment`, which means nothing",
        ]
    );
    assert_eq!(notes(&outcomes[1]), Vec::<String>::new());
    assert!(
        notes(&outcomes[2])[0].starts_with("frontdoor is held unlocked for everybody while R1")
    );
}

#[test]
fn a_message_waits_while_what_was_said_before_cannot_be_read() {
    let mut world = World::new();
    let path = RecordPath::TagMessages(SpreadTag("T1".parse().unwrap()));
    world.records.insert_unreadable(path.clone());
    let both = [message(1, &activate("T1", 1)), message(2, &activate("T2", 2))];
    let outcomes = world.receive(&both);
    assert_eq!(outcomes[0].to_string(), format!("waits in the queue: {path} cannot be read"));
    assert!(!outcomes[0].is_done() && outcomes[1].is_done());
    world.records.remove(&path);
    assert!(world.receive(&both).iter().all(Outcome::is_done));
    assert_eq!(world.access().len(), 2);
}

#[test]
fn a_message_that_contradicts_the_records_waits_for_as_long_as_it_may() {
    let mut world = World::new();
    world.receive(&[message(1, &activate("T1", 1))]);
    let mut other = activate("T2", 2);
    other["code"] = json!("4455661");
    world.patience = SignedDuration::from_secs(10);
    for (passed, done) in [(0, false), (9, false), (10, true)] {
        world.now = sent(5 + passed);
        let outcome = world.receive(&[message(5, &other)]).remove(0);
        assert_eq!(outcome.is_done(), done, "{outcome}");
        if let Outcome::Invalid { reason, text } = outcome {
            assert_eq!(reason, "the passcode belongs to 0001 (tag T1)");
            assert!(text.contains(r#""code":"****""#) && !text.contains("4455661"), "{text}");
        }
    }
}

#[test]
fn what_there_is_no_room_for_waits_and_spoils_no_other() {
    let mut world = World::new();
    let kiln: Slug = "kiln".parse().unwrap();
    let always = r#"{"priority": 1, "timespec": "always"}"#;
    let always: Requirement = serde_json::from_str(always).unwrap();
    let put = |world: &mut World, number: u64| {
        let path = RecordPath::Requirement(kiln.clone(), format!("K{number}").parse().unwrap());
        world.records.insert(path, Record::Requirement(always.clone()));
    };
    // Each facility and each requirement costs as much as any other here.
    let one = budget::steps_with(0);
    let facilities = 3;
    for number in 0..budget::STEPS / one - facilities - 2 {
        put(&mut world, number);
    }
    let set = |second: i64| {
        message(
            second,
            &json!({
                "action": "set-requirement", "tag": format!("R{second}"),
                "facility": "frontdoor", "requiredpriority": 1, "timespec": "always",
            }),
        )
    };
    let outcomes = world.receive(&[set(1), set(2), set(3), message(4, &revoke("T1"))]);
    let done: Vec<_> = outcomes.iter().map(Outcome::is_done).collect();
    assert_eq!(done, [true, true, false, true]);
    assert!(outcomes[2].to_string().starts_with("waits in the queue: facilities: all "));
}

#[test]
fn what_a_person_revoked_stays_revoked_until_a_newer_message_comes() {
    let mut world = World::new();
    let set = json!({
        "action": "set-requirement", "tag": "R1", "facility": "frontdoor",
        "requiredpriority": 1, "timespec": "always",
    });
    let both = |second| [message(second, &activate("T1", 1)), message(second, &set)];
    world.receive(&both(1));
    for (path, _) in world.access() {
        world.records.remove(&path);
    }
    world.receive(&both(1));
    assert_eq!(world.access(), []);
    world.receive(&both(2));
    assert_eq!(world.access().len(), 2);
}
