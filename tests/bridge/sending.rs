//! Activities out: which, in what order, with which ids, and what happens if the queue fails.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use serde_json::Value;
use space::{
    bridge::{Event, Sender, Sent},
    config::BridgeConfig,
    domain::model::{AccessResult, Activity, Reason},
    integrations::queue::{Incoming, Outgoing, Queue, QueueError, Receipt},
    store::journal::Journal,
};

use crate::journals::{activity, at, write};

/// A queue that takes messages until it fails.
#[derive(Default)]
struct Taker {
    taken: Mutex<Vec<Outgoing>>,
    /// What happens to the messages at these places, counted over all calls.
    failures: Mutex<Vec<(usize, QueueError)>>,
    calls: Mutex<usize>,
}

impl Queue for Taker {
    fn place(&self) -> String {
        "a test".into()
    }

    fn batch(&self) -> usize {
        100
    }

    fn probe(&self) -> Result<(), QueueError> {
        Ok(())
    }

    fn receive(&self, _: usize, _: Duration) -> Result<Vec<Incoming>, QueueError> {
        Ok(Vec::new())
    }

    fn delete(&self, _: &[Receipt]) -> Vec<Result<(), QueueError>> {
        Vec::new()
    }

    fn leave(&self, _: &[Receipt]) -> Vec<Result<(), QueueError>> {
        Vec::new()
    }

    fn send(&self, messages: &[Outgoing], _: Timestamp) -> Vec<Result<(), QueueError>> {
        let mut calls = self.calls.lock().unwrap();
        let one = |message: &Outgoing| {
            let place = *calls;
            *calls += 1;
            if let Some((_, error)) = self.failures.lock().unwrap().iter().find(|it| it.0 == place)
            {
                return Err(error.clone());
            }
            self.taken.lock().unwrap().push(message.clone());
            Ok(())
        };
        messages.iter().map(one).collect()
    }
}

struct World {
    dir: tempfile::TempDir,
    queue: Arc<Taker>,
}

impl World {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), queue: Arc::default() }
    }

    fn sender(&self) -> Sender {
        let at = |name| self.dir.path().join(name);
        let config = BridgeConfig { since: Some(self::at(0)), ..BridgeConfig::default() };
        Sender::new(at("sent.json"), at("journal"), Arc::clone(&self.queue) as _, config)
    }

    fn append(&self, activities: impl IntoIterator<Item = Activity>) {
        let folder = self.dir.path().join("journal");
        let journal = Journal::open(&folder, "door", |words| panic!("{words}")).unwrap();
        activities.into_iter().for_each(|it| journal.append(it));
    }

    fn fail(&self, failures: &[(usize, QueueError)]) {
        *self.queue.failures.lock().unwrap() = failures.to_vec();
    }

    fn taken(&self) -> Vec<(String, String)> {
        let taken = self.queue.taken.lock().unwrap();
        let time = |it: &Outgoing| {
            let body: Value = serde_json::from_str(&it.body).unwrap();
            body["timestamp"].as_str().unwrap().to_owned()
        };
        taken.iter().map(|it| (time(it), it.id.clone())).collect()
    }
}

fn round(sender: &mut Sender) -> (Sent, String) {
    let mut words = Vec::new();
    let sent = sender.round(at(100), &mut |event| match event {
        Event::Since { .. } => {} // told once, by the first sender
        event => words.push(event.to_string()),
    });
    (sent, words.join("\n"))
}

/// See requirements.md D-84: `"result": … one of "granted", "denied", "exit"`.
#[test]
fn attempts_are_sent_and_neither_rehearsals_nor_what_was_done_by_hand() {
    let world = World::new();
    let by_hand = Activity {
        result: AccessResult::Operated,
        reason: Reason::ManualUnlock,
        kind: None,
        fob: None,
        ..activity(at(2))
    };
    let alarm = Activity { reason: Reason::ForcedOpen, kind: None, fob: None, ..activity(at(3)) };
    let rehearsal = Activity { rehearsal: true, ..activity(at(4)) };
    world.append([activity(at(1)), by_hand, alarm, rehearsal, activity(at(5))]);
    let (sent, words) = round(&mut world.sender());
    assert_eq!((sent.sent, sent.more, sent.trouble), (2, false, None));
    assert_eq!(words, "sent 2 activities");
    let times: Vec<String> = world.taken().into_iter().map(|(time, _)| time).collect();
    assert_eq!(times, [at(1).to_string(), at(5).to_string()]);
    let message = &world.queue.taken.lock().unwrap()[0];
    assert_eq!(message.group, "frontdoor");
    let body: Value = serde_json::from_str(&message.body).unwrap();
    assert_eq!(
        (&body["memberid"], &body["credentialref"]),
        (&"unknown".into(), &"fob:15408774".into())
    );
    assert_eq!(round(&mut world.sender()), (Sent::default(), String::new()));
}

#[test]
fn what_the_queue_did_not_take_is_sent_again_with_the_same_ids_and_nothing_overtakes_it() {
    let world = World::new();
    write(&world.dir.path().join("journal"), "door", (0..5).map(at));
    let down = QueueError::Later("no network".into());
    world.fail(&[(2, down)]);
    let mut sender = world.sender();
    let (sent, _) = round(&mut sender);
    assert_eq!((sent.sent, sent.trouble.as_deref()), (2, Some("no network")));
    // The queue took two that came after it; they are sent again with the same ids.
    let before = world.taken();
    assert_eq!(before.len(), 4);
    drop(sender);
    let (sent, _) = round(&mut world.sender());
    assert_eq!((sent.sent, sent.trouble), (3, None));
    let again = &world.taken()[4..];
    let times: Vec<_> = again.iter().map(|it| it.0.clone()).collect();
    assert_eq!(times, [at(2).to_string(), at(3).to_string(), at(4).to_string()]);
    assert_eq!(again[1..], before[2..]);
    let mut ids: Vec<_> = again.iter().map(|it| it.1.clone()).collect();
    ids.sort();
    assert_eq!(
        ids,
        again.iter().map(|it| it.1.clone()).collect::<Vec<_>>(),
        "in the order of time"
    );
}

#[test]
fn one_that_is_refused_for_good_is_told_and_does_not_block_the_others() {
    let world = World::new();
    write(&world.dir.path().join("journal"), "door", (0..3).map(at));
    world.fail(&[(1, QueueError::Refused("too odd".into()))]);
    let (sent, words) = round(&mut world.sender());
    assert_eq!((sent.sent, sent.refused, sent.trouble), (2, 1, None));
    assert!(words.contains("cannot be sent and is only in the journal: too odd"), "{words}");
}

#[test]
fn a_long_backlog_tells_its_progress() {
    let world = World::new();
    write(&world.dir.path().join("journal"), "door", (0..25_000).map(at));
    let mut sender = world.sender();
    let mut told = Vec::new();
    loop {
        let (sent, words) = round(&mut sender);
        told.extend(words.lines().map(str::to_owned));
        if !sent.more {
            break;
        }
    }
    assert_eq!(
        told,
        [
            "sent 10000 activities; 15000 wait",
            "sent 10000 activities; 5000 wait",
            "sent 5000 activities"
        ]
    );
}

/// Whatever is wrong with the cursor, the bridge comes up, says so, and looks again.
#[test]
fn a_cursor_that_cannot_be_read_is_told_and_nothing_is_sent_until_it_is_gone() {
    let world = World::new();
    write(&world.dir.path().join("journal"), "door", (0..3).map(at));
    let cursor = world.dir.path().join("sent.json");
    std::fs::write(&cursor, "{").unwrap();
    let mut sender = world.sender();
    let (sent, _) = round(&mut sender);
    assert!(sent.trouble.unwrap().contains("remove it to begin again"));
    std::fs::remove_file(cursor).unwrap();
    assert_eq!(round(&mut sender).0.sent, 3);
}

#[test]
fn a_new_bridge_sends_what_happens_from_its_first_start_on() {
    let world = World::new();
    write(&world.dir.path().join("journal"), "door", [at(99), at(100), at(101)]);
    let config = BridgeConfig::default();
    let path = |name| world.dir.path().join(name);
    let mut sender =
        Sender::new(path("sent.json"), path("journal"), Arc::clone(&world.queue) as _, config);
    let mut told = Vec::new();
    assert_eq!(sender.round(at(100), &mut |event| told.push(event.to_string())).sent, 2);
    assert!(
        told[0].starts_with("this bridge is new: activities from 2026-01-31T18:01:40Z on"),
        "{told:?}"
    );
}
