//! What the building does about what it is told, hours in a moment.

mod anything;
mod broker;
mod doors;
mod heat;
mod meters;
mod trouble;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::{
    building::{
        Topics,
        machine::{Door, Effect, Input, Machine, Plan, Seen, Terms},
    },
    config::{GuardState, Measured},
    domain::{
        alarms::Board,
        heat::HeatPlan,
        model::{AccessResult, Activity, AlarmRules, CommitId, Meter, Reason, Slug, Zone},
    },
    integrations::mqtt::{Happening, Incoming, Outgoing},
};

fn at(seconds: i64) -> Timestamp {
    "2026-01-15T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

fn slug(name: &str) -> Slug {
    name.parse().unwrap()
}

fn meter(text: &str) -> Meter {
    serde_json::from_str(text).unwrap()
}

fn plan() -> Plan {
    plan_with("[]")
}

/// With these wishes for heat.
fn plan_with(wishes: &str) -> Plan {
    let meters = [
        (
            "mains",
            r#"{"name":"Mains","measures":"power","unit":"W","source":{"mqtt":{"topic":"meter/mains"}}}"#,
        ),
        (
            "counter",
            r#"{"name":"Counter","measures":"energy","unit":"kWh","source":{"mqtt":{"topic":"plug","profile":"shelly-2"}}}"#,
        ),
        (
            "hall",
            r#"{"name":"Hall","measures":"temperature","unit":"C","zone":"hall","source":{"mqtt":{"topic":"meter/hall","pointer":"/t"}}}"#,
        ),
        (
            "skylight",
            r#"{"name":"Skylight","measures":"window","unit":"on-off","zone":"hall","source":{"mqtt":{"topic":"meter/skylight"}}}"#,
        ),
        (
            "furnace",
            r#"{"name":"Furnace","measures":"temperature","unit":"C","source":{"guard":{"thermometer":"28-1"}}}"#,
        ),
        (
            "gas",
            r#"{"name":"Gas","measures":"gas","unit":"m3","source":{"mqtt":{"topic":"zigbee2mqtt/gas","profile":"zigbee2mqtt"}}}"#,
        ),
    ];
    let zone: Zone = serde_json::from_str(
        &r#"{"name":"Hall","wishes":[],"set_point":{"topic":"valve/set","key":"setpoint"}}"#
            .replace("[]", wishes),
    )
    .unwrap();
    let heat = HeatPlan::new(&zone, &TimeZone::UTC);
    Plan {
        commit: CommitId::default(),
        name: "Tool Shed".into(),
        time_zone: TimeZone::UTC,
        rules: AlarmRules { to: vec!["ops@example.org".into()], ..AlarmRules::default() },
        meters: meters.into_iter().map(|(name, text)| (slug(name), meter(text))).collect(),
        zones: [(slug("hall"), zone)].into(),
        heat: [(slug("hall"), heat)].into(),
    }
}

struct World {
    machine: Machine,
    now: i64,
}

impl World {
    /// A machine with records and a connection.
    fn new() -> Self {
        let mut world = Self::lonely(Board::default());
        world.tell(Input::Plan(Arc::new(plan())));
        world.tell(Input::Broker(Happening::Connected));
        world
    }

    fn lonely(board: Board) -> Self {
        let terms = Terms {
            broker: Some("broker.lan:1883".into()),
            topics: Topics::new("space"),
            discovery: Some("homeassistant".into()),
            unlock: [slug("front")].into(),
        };
        Self { machine: Machine::new(terms, board, at(0)), now: 0 }
    }

    fn tell(&mut self, input: Input) -> Vec<Effect> {
        self.machine.handle(input, at(self.now))
    }

    fn message(&mut self, topic: &str, payload: &str) -> Vec<Effect> {
        self.hear(topic, payload.as_bytes(), false)
    }

    fn hear(&mut self, topic: &str, payload: &[u8], retained: bool) -> Vec<Effect> {
        let (topic, payload) = (topic.to_owned(), payload.to_owned());
        self.tell(Input::Broker(Happening::Message(Incoming { topic, payload, retained })))
    }

    /// Lets seconds pass, and returns what was done in the last of them.
    fn pass(&mut self, seconds: i64) -> Vec<Effect> {
        let mut last = Vec::new();
        for _ in 0..seconds {
            self.now += 1;
            last = self.tell(Input::Tick);
        }
        last
    }

    /// Lets seconds pass, and returns everything that was done.
    fn all(&mut self, seconds: i64) -> Vec<Effect> {
        (0..seconds).flat_map(|_| self.pass(1)).collect()
    }
}

fn recorded(effects: &[Effect]) -> Vec<(String, f64)> {
    let of = |effect: &Effect| match effect {
        Effect::Record(meter, _, it) => Some((meter.to_string(), it.number())),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn published(effects: &[Effect]) -> Vec<&Outgoing> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Publish(message) => Some(message),
            _ => None,
        })
        .collect()
}

fn on<'e>(effects: &'e [Effect], topic: &str) -> Vec<&'e str> {
    let all = published(effects).into_iter().filter(|it| it.topic == topic);
    all.map(|it| it.payload.as_str()).collect()
}

fn told(effects: &[Effect]) -> Vec<String> {
    let of = |effect: &Effect| match effect {
        Effect::Tell(event) => Some(event.to_string()),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}

fn front(locked: bool, open: Option<bool>) -> Door {
    Door { name: slug("front"), facility: slug("frontdoor"), locked, open }
}

fn activity(reason: Reason, seconds: i64) -> Seen {
    let result = AccessResult::Operated;
    let activity = Activity::new(at(seconds), slug("frontdoor"), result, reason);
    Seen { activity, name: None, earlier: false }
}

fn guard(state: &str, reason: Option<&str>, seconds: i64, temperature: Option<f64>) -> GuardState {
    let verdict = if temperature.is_some() { "good" } else { "silent" };
    GuardState {
        state: state.into(),
        reason: reason.map(str::to_owned),
        since: at(seconds),
        relay: "open".into(),
        asked: false,
        limit: 27.0,
        thermometers: vec![Measured {
            name: "28-1".into(),
            verdict: verdict.into(),
            temperature,
            why: None,
        }],
        updated: at(seconds),
    }
}

fn heated(temperature: f64) -> Input {
    let wish =
        format!(r#"[{{"temperature":{temperature},"description":"a class","timespec":"always"}}]"#);
    Input::Plan(Arc::new(plan_with(&wish)))
}
