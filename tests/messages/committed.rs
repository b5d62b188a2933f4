//! Messages in a real repository: one commit, which leads back to them.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use space::{
    domain::{
        messages::{Message, Outcome, Terms, receive},
        model::{CommitId, MemberId, SpaceKey},
    },
    store::{
        Author, InitOptions, Store,
        history::{LogScope, Query},
    },
};

/// A space with a door and nobody in it.
fn space(root: &std::path::Path) -> Store {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = [
        file(
            "space.json",
            r#"{"name": "Test Space", "time_zone": "Europe/London", "currency": "GBP",
                "reference_prefix": "SM", "grace_days": 14, "dues": {"minimum": 500,
                "included_children": 1, "per_further_child": 300, "concession_age": 65}}"#,
        ),
        file("facilities/frontdoor/facility.json", r#"{"name": "Front door", "kind": "door"}"#),
    ];
    let ada = Author { name: "Ada".into(), email: "ada@example.org".into() };
    Store::init(root, &files, &ada, &InitOptions::default(), now()).unwrap();
    Store::open(root).unwrap()
}

fn now() -> Timestamp {
    "2026-01-05T18:00:00Z".parse().unwrap()
}

fn activation(number: u64) -> Message {
    let sent = now() + SignedDuration::from_millis(number.cast_signed());
    let text = json!({
        "action": "activate", "tag": format!("T{number}"), "member": 1000 + number / 4,
        "facility": "frontdoor", "codetype": "fob", "code": (5000 + number).to_string(),
        "priority": 1, "effective": "2026-01-01T00:00:00Z", "expiration": "2027-01-01T00:00:00Z",
    });
    Message { id: format!("id-{number}"), sent, text: text.to_string() }
}

/// Receives messages as a bridge does, and returns the newest commit.
fn commit(store: &Store, messages: &[Message]) -> (Vec<Outcome>, CommitId) {
    let key = SpaceKey::from_bytes([7; 32]);
    let terms = Terms { key: &key, facilities: None, now: now(), patience: SignedDuration::ZERO };
    let revision = store.read(store.head().unwrap()).unwrap();
    let batch = receive(&revision, &terms, messages);
    let bridge = Author { name: "bridge".into(), email: "bridge@example.org".into() };
    let applied = store.apply(&batch.plan.change, revision.id(), &bridge, now()).unwrap();
    (batch.outcomes, applied.commit)
}

#[test]
fn messages_that_came_together_are_one_commit_that_names_them() {
    let dir = tempfile::tempdir().unwrap();
    let store = space(&dir.path().join("space"));
    let messages: Vec<Message> = (0..6).map(activation).collect();
    let (outcomes, first) = commit(&store, &messages);
    assert!(outcomes.iter().all(|it| matches!(it, Outcome::Applied { .. })), "{outcomes:?}");
    let id = MemberId::new(1001).unwrap();
    let query = Query { about: LogScope::Member(id), ..Query::default() };
    let log = store.log(&query).unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].id, log[0].author.name.as_str()), (first, "bridge"));
    assert_eq!(log[0].subject, "messages: apply 6 messages (6 activate)");
    assert_eq!(log[0].trailer.as_deref(), Some("message.apply id-0 id-1 id-2 id-3 id-4 id-5"));
    let (outcomes, again) = commit(&store, &messages);
    assert!(outcomes.iter().all(|it| matches!(it, Outcome::Unchanged(_))), "{outcomes:?}");
    assert_eq!(again, first, "a second delivery is no commit");
}
