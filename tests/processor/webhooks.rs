//! Webhooks: what happened is recorded as soon as it is told, and by whoever may tell it.

use std::{fs, process::Stdio, time::Duration};

use jiff::Timestamp;
use space::integrations::{
    http::{Call, Client, Reply},
    processor::{Fault, ProcessorKind, webhook},
};

use crate::{
    running::Running,
    world::{HOOK, KINDS, World, name, now},
};

/// A web that takes webhooks, and where.
pub(crate) struct Web {
    pub(crate) running: Running,
    pub(crate) url: String,
    client: Client,
}

impl Web {
    fn start(world: &World) -> Self {
        Self::start_at(world, now())
    }

    /// Starts it at a moment.
    pub(crate) fn start_at(world: &World, at: Timestamp) -> Self {
        let config = world.dir.path().join("web.toml");
        fs::write(&config, "[[listener]]\naddress = \"127.0.0.1:0\"\nserves = [\"webhooks\"]\n")
            .unwrap();
        let mut command = world.command_at(at, &["web", "run", "--json"]);
        let child = command.env("SPACE_WEB_CONFIG", config).stdout(Stdio::piped()).spawn();
        let running = Running::new(child.unwrap());
        let url = running.wait("listening")["at"].as_str().unwrap().to_owned();
        Self { running, url, client: Client::new(Duration::from_secs(60)).unwrap() }
    }

    fn send(&self, kind: ProcessorKind, body: &str, signature: Option<&str>) -> Reply {
        self.send_to(name(kind), kind, body, signature)
    }

    fn send_to(&self, to: &str, kind: ProcessorKind, body: &str, signature: Option<&str>) -> Reply {
        let headers = signature.map(|it| (kind.signature_header(), it.to_owned()));
        let call = Call {
            method: "POST",
            url: format!("{}/webhooks/{to}", self.url),
            headers: headers.into_iter().collect(),
            body: body.as_bytes().to_vec(),
        };
        self.client.send(&call).unwrap()
    }
}

fn paying(kind: ProcessorKind, names: &[&str]) -> World {
    let world = World::with(kind, names);
    world.apply();
    world.everybody_pays();
    if kind == ProcessorKind::GoCardless {
        // What arrives later than that is told by the events; the clock of the space stands still.
        for account in (0..names.len()).map(|at| world.customer(at)) {
            world.there.charge(&account, 2500, "GBP");
        }
    }
    world
}

/// Returns how many payments are recorded.
pub(crate) fn payments(world: &World) -> usize {
    let all: serde_json::Value =
        serde_json::from_str(&world.run(&["payment", "list", "--json"])).unwrap();
    all.as_array().unwrap().len()
}

#[test]
fn what_is_told_is_recorded_before_it_is_answered_and_once() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace", "Bob Noyce"]);
        let web = Web::start(&world);
        let mut told = world.there.webhooks(HOOK, now());
        // The newest comes first, and some come twice.
        told.reverse();
        let (body, signature) = told[0].clone();
        assert_eq!(web.send(kind, &body, Some(&signature)).status, 204);
        assert_eq!(payments(&world), 2, "all that happened, whatever was told first");
        let commit = world.run(&["log", "--json"]);
        for (body, signature) in told.iter().chain(&told) {
            assert_eq!(web.send(kind, body, Some(signature)).status, 204);
        }
        assert_eq!((payments(&world), world.run(&["log", "--json"])), (2, commit));
        drop(web.running);
    }
}

#[test]
fn a_webhook_that_is_forged_or_repeated_later_is_refused_and_told() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace"]);
        let web = Web::start(&world);
        let (body, good) = world.there.webhooks(HOOK, now()).remove(0);
        let asked = world.there.requests();
        let old =
            webhook::sign(kind, HOOK, body.as_bytes(), "2026-03-02T17:54:00Z".parse().unwrap());
        let other = webhook::sign(kind, "whsec_other", body.as_bytes(), now());
        let changed = body.replace("2500", "9900") + " ";
        let mut refused = vec![(&body, None), (&body, Some(&other)), (&changed, Some(&good))];
        if kind == ProcessorKind::Stripe {
            refused.push((&body, Some(&old)));
        }
        for (body, signature) in refused {
            let reply = web.send(kind, body, signature.map(String::as_str));
            assert_eq!(reply.status, kind.forged_status());
        }
        assert_eq!(world.there.requests(), asked, "nobody was asked anything");
        assert_eq!(payments(&world), 0);
        let trouble = web.running.wait("trouble")["words"].to_string();
        assert!(trouble.contains("is not believed: it has no signature"), "{trouble}");
        let status = world.run(&["service", "status"]);
        assert!(status.contains("not believed, the last on Mon 2026-03-02"), "{status}");
        assert_eq!(web.send_to("paypal", kind, &body, Some(&good)).status, 404);
        assert_eq!(web.send(kind, &body, Some(&good)).status, 204);
        assert_eq!(payments(&world), 1);
    }
}

#[test]
fn while_the_processor_does_not_answer_a_webhook_is_sent_again() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace"]);
        let web = Web::start(&world);
        let (body, signature) = world.there.webhooks(HOOK, now()).remove(0);
        world.there.fail([
            Some(Fault::Broken),
            Some(Fault::Broken),
            Some(Fault::Broken),
            Some(Fault::Broken),
        ]);
        assert_eq!(web.send(kind, &body, Some(&signature)).status, 503);
        world.there.fail_no_more();
        assert_eq!(web.send(kind, &body, Some(&signature)).status, 204);
        assert_eq!(payments(&world), 1);
    }
}

/// Many at once ask the processor a few times, and record each payment once.
#[test]
fn many_at_once_are_recorded_once() {
    let names: Vec<String> = (0..12).map(|number| format!("Ada {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for kind in KINDS {
        let world = paying(kind, &names);
        let web = Web::start(&world);
        let (body, signature) = world.there.webhooks(HOOK, now()).remove(0);
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..12)
                .map(|_| scope.spawn(|| web_send(&web.url, kind, &body, &signature)))
                .collect();
            assert!(all.into_iter().all(|it| it.join().unwrap() == 204));
        });
        assert_eq!(payments(&world), 12);
    }
}

fn web_send(url: &str, kind: ProcessorKind, body: &str, signature: &str) -> u16 {
    let call = Call {
        method: "POST",
        url: format!("{url}/webhooks/{}", name(kind)),
        headers: vec![(kind.signature_header(), signature.to_owned())],
        body: body.as_bytes().to_vec(),
    };
    Client::new(Duration::from_secs(60)).unwrap().send(&call).unwrap().status
}

/// The stand-in sends them by itself, as the company would.
#[test]
fn the_stand_in_sends_webhooks() {
    let world = World::new(&["Ada Lovelace"]);
    let web = Web::start(&world);
    world.there.send_webhooks(&format!("{}/webhooks/stripe", web.url), HOOK).unwrap();
    assert!(world.there.send_webhooks("http://192.0.2.1:80/", HOOK).is_err());
    world.apply();
    world.everybody_pays();
    assert_eq!(world.apply(), [""; 0]);
    while payments(&world) == 0 {
        web.running.wait("in-force"); // it gives up if nothing comes
    }
}
