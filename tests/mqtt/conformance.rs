//! What every broker does alike.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use space::integrations::mqtt::{
    Happening, Incoming, LARGEST, MemoryBroker, Mqtt, MqttError, Outgoing,
};

use crate::mosquitto::Mosquitto;

/// Long enough for anything that happens at all.
pub(crate) const LONG: Duration = Duration::from_secs(30);

pub(crate) fn filters(all: &[&str]) -> BTreeSet<String> {
    all.iter().map(|&it| it.to_owned()).collect()
}

/// Waits for what fits, and returns everything that happened until then.
pub(crate) fn wait_for(
    client: &dyn Mqtt,
    mut fits: impl FnMut(&Happening) -> bool,
) -> Vec<Happening> {
    let (mut all, began) = (Vec::new(), Instant::now());
    loop {
        assert!(began.elapsed() < LONG, "it did not happen: {all:?}");
        let Some(happening) = client.next(Duration::from_millis(200)) else { continue };
        let done = fits(&happening);
        all.push(happening);
        if done {
            return all;
        }
    }
}

pub(crate) fn connected(client: &dyn Mqtt) {
    wait_for(client, |it| *it == Happening::Connected);
}

/// Waits for a message, and returns it.
pub(crate) fn message(client: &dyn Mqtt, topic: &str) -> Incoming {
    let all = wait_for(client, |it| matches!(it, Happening::Message(it) if it.topic == topic));
    let Some(Happening::Message(found)) = all.into_iter().next_back() else { unreachable!() };
    found
}

/// Two clients of one broker, and whatever else a test needs of it.
trait World {
    fn client(&self, name: &str, will: Option<Outgoing>) -> Box<dyn Mqtt>;
    fn leave(&mut self);
    fn come_back(&mut self);
    fn large(&self, topic: &str);
}

struct InMemory(MemoryBroker);

impl World for InMemory {
    fn client(&self, _: &str, will: Option<Outgoing>) -> Box<dyn Mqtt> {
        Box::new(self.0.client(will))
    }

    fn leave(&mut self) {
        self.0.leave();
    }

    fn come_back(&mut self) {
        self.0.come_back();
    }

    fn large(&self, _: &str) {}
}

struct Real(Mosquitto);

impl World for Real {
    fn client(&self, name: &str, will: Option<Outgoing>) -> Box<dyn Mqtt> {
        Box::new(self.0.client(name, will))
    }

    fn leave(&mut self) {
        self.0.leave();
    }

    fn come_back(&mut self) {
        self.0.come_back();
    }

    fn large(&self, topic: &str) {
        self.0.publish_raw(topic, &vec![b'1'; 10_000_000], false);
    }
}

fn conforms(world: &mut dyn World) {
    let listener = world.client("listener", None);
    let speaker = world.client("speaker", None);
    connected(&*listener);
    connected(&*speaker);
    listener.subscribe(&filters(&["a/+", "here"])).unwrap();
    // What has come round says that the subscription is in force.
    while listener.publish(&Outgoing::passing("here", "")).is_ok()
        && listener.next(Duration::from_millis(100)).is_none()
    {}

    // A message is what was published; what nobody asked for does not come.
    speaker.publish(&Outgoing::passing("b/1", "no")).unwrap();
    speaker.publish(&Outgoing::passing("a/1/2", "no")).unwrap();
    speaker.publish(&Outgoing::passing("a/1", "ja \"ü\"")).unwrap();
    let all = wait_for(&*listener, |it| matches!(it, Happening::Message(it) if it.topic != "here"));
    let expected = Incoming { topic: "a/1".into(), payload: "ja \"ü\"".into(), retained: false };
    assert_eq!(all.last(), Some(&Happening::Message(expected)));

    // What is retained comes to those who subscribe later, and says so; what is empty removes it.
    speaker.publish(&Outgoing::retained("kept/1", "one")).unwrap();
    speaker.publish(&Outgoing::retained("kept/2", "two")).unwrap();
    speaker.publish(&Outgoing::retained("kept/1", "")).unwrap();
    speaker.publish(&Outgoing::passing("a/2", "")).unwrap();
    message(&*listener, "a/2");
    listener.subscribe(&filters(&["a/+", "kept/#"])).unwrap();
    let kept = message(&*listener, "kept/2");
    assert_eq!((kept.payload, kept.retained), (b"two".to_vec(), true));
    speaker.publish(&Outgoing::retained("kept/2", "three")).unwrap();
    assert!(!message(&*listener, "kept/2").retained, "this one is new");

    // A topic that is not wanted any more is not received.
    listener.subscribe(&filters(&["a/+"])).unwrap();
    speaker.publish(&Outgoing::retained("kept/2", "four")).unwrap();
    speaker.publish(&Outgoing::passing("a/3", "")).unwrap();
    let all = wait_for(&*listener, |it| matches!(it, Happening::Message(it) if it.topic == "a/3"));
    // It may have been on its way; that it comes again and again would be a fault.
    assert!(all.len() <= 2, "{all:?}");

    // What no broker takes is refused here.
    for (topic, size) in [("a/+", 1), ("", 1), ("a/1", LARGEST + 1)] {
        let refused = speaker.publish(&Outgoing::passing(topic, "x".repeat(size)));
        assert!(matches!(refused, Err(MqttError::Refused(_))), "{refused:?}");
    }
    speaker.publish(&Outgoing::passing("a/1", "x".repeat(LARGEST))).unwrap();
    assert_eq!(message(&*listener, "a/1").payload.len(), LARGEST);
    world.large("a/9");

    // A broker that vanishes is told once, and subscriptions hold when it is back.
    world.leave();
    for client in [&listener, &speaker] {
        wait_for(&**client, |it| matches!(it, Happening::Lost(_)));
        assert_eq!(client.publish(&Outgoing::passing("a/1", "lost")), Err(MqttError::NotConnected));
    }
    let later = listener.subscribe(&filters(&["a/+", "later"]));
    assert_eq!(later, Err(MqttError::NotConnected));
    world.come_back();
    connected(&*listener);
    connected(&*speaker);
    while speaker.publish(&Outgoing::passing("later", "back")).is_ok() {
        let found = listener.next(Duration::from_millis(100));
        if matches!(&found, Some(Happening::Message(it)) if it.topic == "later") {
            break;
        }
        assert!(!matches!(found, Some(Happening::Lost(_))));
    }

    // The will of one that vanishes is published, and not that of one that says goodbye.
    for (name, polite) in [("vanishing", false), ("leaving", true)] {
        let will = Outgoing::retained(format!("a/{name}"), "offline");
        let client = world.client(name, Some(will));
        connected(&*client);
        client.publish(&Outgoing::retained(format!("a/{name}"), "online")).unwrap();
        message(&*listener, &format!("a/{name}"));
        if polite {
            client.publish(&Outgoing::passing("a/bye", "")).unwrap();
            client.close(LONG);
            drop(client);
            message(&*listener, "a/bye");
            speaker.publish(&Outgoing::passing("a/end", "")).unwrap();
            let all = wait_for(
                &*listener,
                |it| matches!(it, Happening::Message(it) if it.topic == "a/end"),
            );
            assert!(all.iter().all(|it| !format!("{it:?}").contains("leaving")), "{all:?}");
        } else {
            vanish(client);
            assert_eq!(message(&*listener, "a/vanishing").payload, b"offline");
        }
    }
}

/// A real connection ends with its process, or when its name is taken by another one.
fn vanish(client: Box<dyn Mqtt>) {
    drop(client);
}

#[test]
fn the_one_in_memory_does() {
    conforms(&mut InMemory(MemoryBroker::new()));
}

#[test]
fn mosquitto_does() {
    let Some(broker) = Mosquitto::start() else { return };
    conforms(&mut Real(broker));
}
