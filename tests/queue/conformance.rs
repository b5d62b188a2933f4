//! What every queue does alike. The other side is a queue too, whose directions are the other way
//! round.

use std::{
    collections::BTreeSet,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use space::integrations::queue::{
    Folder, FolderOptions, Incoming, Memory, Outgoing, Queue, QueueError, Receipt,
};

/// Long enough for anything that happens at all.
pub(crate) const LONG: Duration = Duration::from_secs(20);

pub(crate) fn now() -> Timestamp {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

/// Returns a message with an id that no other one has: a queue may remember ids for minutes.
pub(crate) fn message(number: usize) -> Outgoing {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    Outgoing {
        id: format!("20260302T180000.{:06}", NEXT.fetch_add(1, Ordering::Relaxed)),
        group: "frontdoor".into(),
        body: format!("{{\"number\":{number},\"name\":\"Jörg \\u0000 \\\" 鍵\"}}"),
    }
}

pub(crate) fn send(queue: &dyn Queue, messages: &[Outgoing]) {
    assert_eq!(queue.send(messages, now()), vec![Ok(()); messages.len()]);
}

/// Receives until there are as many messages, and returns them.
pub(crate) fn receive(queue: &dyn Queue, number: usize) -> Vec<Incoming> {
    let mut found = Vec::new();
    while found.len() < number {
        let more = queue.receive(number - found.len(), LONG).unwrap();
        assert!(!more.is_empty(), "only {} of {number} arrived at {}", found.len(), queue.place());
        found.extend(more);
    }
    found
}

/// Receives and deletes until there were as many messages, and returns them.
pub(crate) fn take(queue: &dyn Queue, number: usize) -> Vec<Incoming> {
    let mut found = Vec::new();
    while found.len() < number {
        let more = queue.receive(number - found.len(), LONG).unwrap();
        assert!(!more.is_empty(), "only {} of {number} arrived at {}", found.len(), queue.place());
        delete(queue, &more);
        found.extend(more);
    }
    found
}

pub(crate) fn receipts(messages: &[Incoming]) -> Vec<Receipt> {
    messages.iter().map(|it| it.receipt.clone()).collect()
}

#[track_caller]
pub(crate) fn delete(queue: &dyn Queue, messages: &[Incoming]) {
    assert_eq!(queue.delete(&receipts(messages)), vec![Ok(()); messages.len()]);
}

#[track_caller]
pub(crate) fn leave(queue: &dyn Queue, messages: &[Incoming]) {
    assert_eq!(queue.leave(&receipts(messages)), vec![Ok(()); messages.len()]);
}

pub(crate) fn bodies(messages: &[Incoming]) -> BTreeSet<&str> {
    messages.iter().map(|it| it.text().unwrap()).collect()
}

pub(crate) fn nothing(queue: &dyn Queue) {
    assert_eq!(queue.receive(10, Duration::ZERO), Ok(Vec::new()));
}

/// Passes all of them, on queues that are empty and will be again.
pub(crate) fn conforms(ours: &(dyn Queue + 'static), theirs: &(dyn Queue + 'static)) {
    assert_eq!((ours.probe(), theirs.probe()), (Ok(()), Ok(())));
    nothing(ours);
    what_is_sent_arrives_as_it_was(ours, theirs);
    what_was_received_is_hidden_until_it_is_left(ours, theirs);
    more_than_a_batch_arrives(ours, theirs);
    what_cannot_be_carried_is_refused_alone(ours, theirs);
    who_waits_is_woken(ours, theirs);
    nothing(ours);
    nothing(theirs);
}

fn what_is_sent_arrives_as_it_was(ours: &dyn Queue, theirs: &dyn Queue) {
    for (from, to) in [(theirs, ours), (ours, theirs)] {
        send(from, &[message(1)]);
        let found = receive(to, 1);
        assert_eq!(found[0].text(), Ok(message(1).body.as_str()));
        assert_eq!(found[0].times_received, 1);
        assert!(found[0].sent.is_some() && !found[0].id.is_empty());
        delete(to, &found);
        // What is gone can be deleted again.
        delete(to, &found);
        nothing(to);
    }
}

fn what_was_received_is_hidden_until_it_is_left(ours: &dyn Queue, theirs: &dyn Queue) {
    send(theirs, &[message(1), Outgoing { group: "lathe".into(), ..message(2) }]);
    let mut first = receive(ours, 2);
    nothing(ours);
    first.sort_by(|a, b| a.body.cmp(&b.body));
    leave(ours, &first[1..]);
    let again = receive(ours, 1);
    assert_eq!((&again[0].id, &again[0].body), (&first[1].id, &first[1].body));
    assert_eq!((again[0].sent, again[0].times_received), (first[1].sent, 2));
    delete(ours, &first[..1]);
    delete(ours, &again);
    nothing(ours);
}

fn more_than_a_batch_arrives(ours: &dyn Queue, theirs: &dyn Queue) {
    let messages: Vec<Outgoing> = (0..25).map(message).collect();
    send(ours, &messages);
    let found = take(theirs, 25);
    assert_eq!(bodies(&found), messages.iter().map(|it| it.body.as_str()).collect());
    let ids: BTreeSet<&str> = found.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), 25);
}

fn what_cannot_be_carried_is_refused_alone(ours: &dyn Queue, theirs: &dyn Queue) {
    let large = |size: usize| Outgoing { body: "x".repeat(size), ..message(2) };
    let odd = Outgoing { id: "../../etc/passwd".into(), ..message(3) };
    let results = ours.send(&[message(1), large(0), large(2_000_000), odd, message(4)], now());
    for (number, result) in results.iter().enumerate() {
        match number {
            0 | 4 => assert_eq!(*result, Ok(())),
            _ => assert!(matches!(result, Err(QueueError::Refused(_))), "{result:?}"),
        }
    }
    let found = take(theirs, 2);
    assert_eq!(bodies(&found), [message(1).body.as_str(), &message(4).body].into());
    nothing(theirs);
}

fn who_waits_is_woken(ours: &dyn Queue, theirs: &dyn Queue) {
    thread::scope(|scope| {
        let (begin, begun) = mpsc::channel();
        let waiting = scope.spawn(move || {
            begin.send(()).unwrap();
            let began = Instant::now();
            (receive(ours, 1), began.elapsed())
        });
        begun.recv().unwrap();
        send(theirs, &[message(7)]);
        let (found, waited) = waiting.join().unwrap();
        assert_eq!(found[0].text(), Ok(message(7).body.as_str()));
        assert!(waited < LONG, "{waited:?}");
        delete(ours, &found);
    });
}

/// One queue for both directions is enough if the groups tell them apart.
pub(crate) fn one_queue_is_enough(queue: &dyn Queue) {
    let to = |group: &str, number: usize| Outgoing { group: group.into(), ..message(number) };
    send(queue, &[to("activities", 1), to("doors", 2), to("activities", 3), to("doors", 4)]);
    for own in ["doors", "activities"] {
        let found = receive(queue, if own == "doors" { 4 } else { 2 });
        let (ours, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|it| it.group.as_deref() == Some(own));
        assert_eq!(ours.len(), 2);
        delete(queue, &ours);
        leave(queue, &others);
    }
    nothing(queue);
}

#[test]
fn memory() {
    let (ours, theirs) = Memory::pair();
    conforms(&ours, &theirs);
}

#[test]
fn folders() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("messages/in"), dir.path().join("messages/out"));
    let ours = Folder::new(FolderOptions::new(one.clone(), other.clone()));
    let theirs = Folder::new(FolderOptions::new(other, one));
    conforms(&ours, &theirs);
}

#[test]
fn groups_tell_the_directions_of_one_queue_apart() {
    one_queue_is_enough(&Memory::single());
    let dir = tempfile::tempdir().unwrap();
    let both = dir.path().join("both");
    one_queue_is_enough(&Folder::new(FolderOptions::new(both.clone(), both)));
}
