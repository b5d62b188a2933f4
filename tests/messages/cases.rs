//! Worked examples: what was there, the messages, what becomes of them, and who may open what.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;
use space::domain::{
    messages::{Message, Outcome},
    model::{
        Code, CodeHash, Contact, Credential, CredentialType, Grant, Record, RecordPath, SpaceKey,
    },
    ops::member,
    records::Records,
};

use super::{case_files::case_files, world::World};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The sentence of the document that it holds to.
    #[serde(default)]
    quotes: Option<String>,
    /// Credentials that a person gave.
    #[serde(default)]
    by_hand: Vec<String>,
    /// Messages that came before.
    #[serde(default)]
    before: Vec<Sent>,
    #[serde(default)]
    patience_minutes: i64,
    messages: Vec<Sent>,
    /// What becomes of each message.
    #[serde(default)]
    r#become: Option<Vec<String>>,
    /// A part of what is said about the last one.
    #[serde(default)]
    says: Option<String>,
    /// All credentials afterwards.
    #[serde(default)]
    opens: Option<Vec<String>>,
    /// All requirements afterwards.
    #[serde(default)]
    requires: Option<Vec<String>>,
    /// All members afterwards.
    #[serde(default)]
    members: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    sent: Timestamp,
    #[serde(default)]
    message: Option<Value>,
    #[serde(default)]
    text: Option<String>,
}

impl Sent {
    fn message(&self) -> Message {
        let text = match (&self.message, &self.text) {
            (Some(message), None) => message.to_string(),
            (None, Some(text)) => text.clone(),
            _ => panic!("a message or a text"),
        };
        Message { id: format!("id-{}", self.sent), sent: self.sent, text }
    }
}

fn files() -> Vec<(String, File)> {
    case_files("messages")
}

#[test]
fn every_case_comes_out_as_written() {
    let (mut count, mut quotes) = (0, 0);
    for (file, File { about, cases }) in files() {
        assert!(!about.is_empty());
        for case in cases {
            check(&format!("{file}: {}", case.name), &case);
            (count, quotes) = (count + 1, quotes + usize::from(case.quotes.is_some()));
        }
    }
    assert!(
        count >= 150 && quotes >= 15,
        "only {count} cases were found, {quotes} with a quotation"
    );
}

fn check(name: &str, case: &Case) {
    let mut world = World::new();
    for line in &case.by_hand {
        by_hand(&mut world, line);
    }
    for sent in &case.before {
        // One after the other, as they would come without a batch.
        world.receive(&[sent.message()]);
    }
    if !case.by_hand.is_empty() && !case.before.is_empty() {
        for line in &case.by_hand {
            by_hand(&mut world, line);
        }
    }
    let messages: Vec<Message> = case.messages.iter().map(Sent::message).collect();
    world.patience = SignedDuration::from_mins(case.patience_minutes);
    let outcomes = world.receive(&messages);
    let last = outcomes.last().unwrap().to_string();
    if let Some(expected) = &case.r#become {
        let became: Vec<_> = outcomes.iter().map(Outcome::name).collect();
        assert_eq!(became, *expected, "{name}: {last}");
    }
    if let Some(part) = &case.says {
        assert!(last.contains(part), "{name}: {last}");
    }
    let codes = codes(&world.key, case);
    if let Some(expected) = &case.opens {
        assert_eq!(credentials(&world, &codes), *expected, "{name}");
    }
    if let Some(expected) = &case.requires {
        assert_eq!(requirements(&world), *expected, "{name}");
    }
    if let Some(expected) = &case.members {
        let of = |path: &RecordPath| match path {
            RecordPath::Member(id) => Some(id.to_string()),
            _ => None,
        };
        let members: Vec<_> = world.records.iter().filter_map(|(path, _)| of(path)).collect();
        assert_eq!(members, *expected, "{name}");
    }
    let again = world.access();
    world.receive(&messages);
    assert_eq!(world.access(), again, "{name}: a second delivery");
}

/// Returns every run of digits in a case as a fob and as a passcode, by its hash.
fn codes(key: &SpaceKey, case: &Case) -> BTreeMap<CodeHash, String> {
    let sent = case.before.iter().chain(&case.messages);
    let texts = sent.map(|it| it.message().text).chain(case.by_hand.iter().cloned());
    let mut found = BTreeMap::new();
    for text in texts {
        for digits in text.split(|c: char| !c.is_ascii_digit() && c != ',') {
            for kind in [CredentialType::Fob, CredentialType::Passcode] {
                if let Ok(code) = Code::parse(kind, digits) {
                    found.insert(code.hash(key), format!("{kind} {}", code.reveal()));
                }
            }
        }
    }
    found
}

/// Writes each credential as `3870 T1 fob 15408774: frontdoor 3 2021-…Z..2022-…Z`.
fn credentials(world: &World, codes: &BTreeMap<CodeHash, String>) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, record) in world.records.iter() {
        let (RecordPath::Credential(id, tag), Record::Credential(it)) = (path, record) else {
            continue;
        };
        let grants: Vec<_> = it.grants.iter().map(grant).collect();
        lines.push(format!("{id} {tag} {}: {}", codes[&it.code], grants.join(", ")));
    }
    lines
}

fn grant(grant: &Grant) -> String {
    let Grant { facility, priority, effective, expiration } = grant;
    format!("{facility} {priority} {effective}..{}", expiration.unwrap())
}

fn requirements(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, record) in world.records.iter() {
        let (RecordPath::Requirement(facility, tag), Record::Requirement(it)) = (path, record)
        else {
            continue;
        };
        let when = if it.timespec == "always" { "always" } else { "calendar" };
        let why = it.description.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
        lines.push(format!("{facility} {tag} {} {when}{why}", it.priority));
    }
    lines
}

/// Gives a credential as a person would, written like those that are expected.
fn by_hand(world: &mut World, line: &str) {
    let (head, grant) = line.split_once(": ").unwrap();
    let [id, tag, kind, digits] = head.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let [facility, priority, window] = grant.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{line}")
    };
    let kind = if kind == "fob" { CredentialType::Fob } else { CredentialType::Passcode };
    let (effective, expiration) = window.split_once("..").unwrap();
    let grant = Grant {
        facility: facility.parse().unwrap(),
        priority: priority.parse().unwrap(),
        effective: effective.parse().unwrap(),
        expiration: Some(expiration.parse().unwrap()),
    };
    let code = Code::parse(kind, digits).unwrap().hash(&world.key);
    let id = id.parse().unwrap();
    if !world.records.exists(&RecordPath::Member(id)) {
        let tier = "standard".parse().unwrap();
        world.records.insert(
            RecordPath::Tier("standard".parse().unwrap()),
            Record::Tier(space::domain::model::Tier {
                name: "Standard".into(),
                price: None,
                year: None,
                concessions: false,
            }),
        );
        let member = member::Add {
            id,
            name: "Ada Lovelace".into(),
            tier,
            joined: "2020-01-01".parse().unwrap(),
            parent: None,
            concession: None,
            chosen_amount: None,
            paid_until: None,
            contact: Contact::default(),
        };
        let plan = member::add(&world.records, member).unwrap();
        world.records.apply(&plan.change);
    }
    world.records.insert(
        RecordPath::Credential(id, tag.parse().unwrap()),
        Record::Credential(Credential { kind, code, grants: vec![grant] }),
    );
}

/// Each example of `docs/messages.md`, sent in the order of the page, does what it is there for.
#[test]
fn the_examples_of_the_manual_are_applied() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/messages.md");
    let page = std::fs::read_to_string(page).unwrap();
    let blocks = page.split("```json\n").skip(1).map(|it| it.split("```").next().unwrap());
    let mut world = World::new();
    let mut count = 0;
    for (second, text) in (0..).zip(blocks) {
        let needs = text.contains("\"revoke\"") || text.contains("\"modify\"");
        if needs {
            // There is something to revoke or replace.
            let text = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
            let text =
                text.replace("frontdoor", "laser").replace("d2f3ce26", &format!("{second:08}"));
            world.receive(&[at(10 * second, &text)]);
        }
        let outcome = world.receive(&[at(10 * second + 5, text)]).remove(0);
        assert!(matches!(outcome, Outcome::Applied { .. }), "{text}: {outcome}");
        count += 1;
    }
    assert_eq!(count, 6);
}

fn at(second: i64, text: &str) -> Message {
    let sent = Timestamp::from_second(1_612_000_000 + second).unwrap();
    Message { id: second.to_string(), sent, text: text.to_owned() }
}
