//! The bridge and queues of SQS, with the server of moto.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use space::integrations::queue::{Outgoing, Queue as _, Sqs};

use crate::{
    process::{door, in_force, read},
    server::Server,
    support::STRANGER,
    world::{Running, TAG, World, activate, open_house},
};

/// A bridge between a space and a membership system.
struct Between {
    world: World,
    server: &'static Server,
    system: Sqs,
}

impl Between {
    /// Connects them by two queues whose names end as said, or by one.
    fn new(end: &str, one: bool) -> Option<Self> {
        let server = Server::shared()?;
        let incoming = server.create(end, json!({ "VisibilityTimeout": "5" }));
        let outgoing = if one { incoming.clone() } else { server.create(end, json!({})) };
        let groups =
            if one { "[groups]\nincoming = \"doors\"\noutgoing = \"activities\"\n" } else { "" };
        let world = World::new();
        world.configure_queue(&format!(
            "[queue.sqs]\nincoming = \"{incoming}\"\noutgoing = \"{outgoing}\"\nregion = \"eu-west-1\"\n{groups}"
        ));
        let system = Sqs::new(server.options(&outgoing, &incoming)).unwrap();
        Some(Self { world, server, system })
    }

    fn start(&self) -> Running {
        let mut command = self.world.command(&["bridge", "run", "--json"]);
        let (id, secret) = &self.server.friend;
        command.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret);
        command.stdout(std::process::Stdio::piped());
        let bridge = Running::new(command.spawn().unwrap());
        bridge.wait("started");
        bridge
    }

    fn put(&self, id: &str, message: &Value) {
        let (id, group, body) = (id.to_owned(), "doors".to_owned(), message.to_string());
        let sent = self.system.send(&[Outgoing { id, group, body }], Timestamp::UNIX_EPOCH);
        assert_eq!(sent, [Ok(())]);
    }

    /// Waits for an activity. The server does not notice that the group of a message is free again
    /// while somebody waits for it, so that it is asked again and again.
    fn activity(&self) -> Value {
        for _ in 0..60 {
            let found = self.system.receive(1, Duration::from_secs(1)).unwrap();
            let [message] = &found[..] else { continue };
            let body: Value = serde_json::from_slice(&message.body).unwrap();
            if body["action"] == "activity" {
                self.system.delete(std::slice::from_ref(&message.receipt));
                return body;
            }
            self.system.leave(std::slice::from_ref(&message.receipt));
        }
        panic!("no activity came")
    }
}

#[track_caller]
fn round_trip(end: &str, one: bool) {
    let Some(between) = Between::new(end, one) else { return };
    let bridge = between.start();
    let door = door(&between.world);
    between.put("1", &activate("3870", STRANGER, TAG));
    let applied = bridge.wait("applied");
    in_force(&door, &applied["commit"]);
    assert_eq!(read(&between.world, STRANGER)["result"], "granted");
    let activity = between.activity();
    assert_eq!((&activity["result"], &activity["memberid"]), (&"granted".into(), &"3870".into()));
    between.put("2", &open_house());
    assert_eq!(door.wait("held")["requirement"], "open-house");
    assert_eq!(bridge.end(), Some(0));
}

#[test]
fn standard_queues() {
    round_trip("standard", false);
}

#[test]
fn fifo_queues() {
    round_trip("order.fifo", false);
}

#[test]
fn one_queue_for_both_directions() {
    round_trip("both.fifo", true);
}

/// It is killed as soon as it tells that a message was applied, before that message is deleted for
/// certain. What comes again changes nothing.
#[test]
fn a_killed_bridge_applies_nothing_twice() {
    let Some(between) = Between::new("kills", false) else { return };
    for number in 0..5 {
        let mut bridge = between.start();
        let tag = format!("00000000-0000-4000-8000-00000000000{number}");
        between
            .put(&tag, &activate(&(4000 + number).to_string(), &format!("555000{number}"), &tag));
        bridge.wait("applied");
        bridge.child.kill().unwrap();
    }
    let bridge = between.start();
    between.put("last", &open_house());
    bridge.wait("applied");
    let log: Value = serde_json::from_str(&between.world.good(&["log", "--json"])).unwrap();
    let by_bridge = log.as_array().unwrap().iter().filter(|it| it["author"] == "bridge").count();
    assert_eq!(by_bridge, 6, "{log}");
}
