//! What the building does about what it is told, hours in a moment.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;

use super::{Door, Effect, Input, Machine, Plan, Seen, Terms};
use crate::{
    building::{Event, Topics},
    config::{GuardState, Measured},
    domain::{
        alarms::Board,
        heat::HeatPlan,
        model::{
            AccessResult, Activity, AlarmKind, AlarmRules, CommitId, Meter, Reason, Slug, Zone,
        },
        schedule::Interval,
    },
    integrations::mqtt::{Happening, Incoming, Outgoing, matches},
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

#[test]
fn what_a_meter_says_is_kept_in_the_unit_of_measurements() {
    let mut world = World::new();
    assert_eq!(recorded(&world.message("meter/mains", "412.5")), [("mains".into(), 412.5)]);
    let state = r#"{"id":0,"aenergy":{"total":1500.5}}"#;
    let effects = world.message("plug/status/switch:0", state);
    assert_eq!(recorded(&effects), [("counter".into(), 1_500.5)], "watt-hours");
    assert_eq!(recorded(&world.message("meter/hall", r#"{"t":"21.5"}"#)), [("hall".into(), 21.5)]);
    assert_eq!(recorded(&world.message("meter/skylight", "open")), [("skylight".into(), 1.0)]);
    assert_eq!(recorded(&world.message("meter/other", "1")), []);
    assert_eq!(recorded(&world.message("plug/events/rpc", r#"{"params":{}}"#)), []);
}

#[test]
fn what_cannot_be_is_told_once_and_kept_never() {
    for (topic, payload, words) in [
        ("meter/mains", "NaN", "`NaN` is not a number"),
        ("meter/mains", "1e400", "`1e400` is not a number"),
        ("meter/mains", "-40", "-40 W cannot be"),
        ("meter/mains", "1e9", "cannot be"),
        ("meter/hall", r#"{"t":85.0}"#, "85 °C is what a sensor says that has not measured yet"),
        ("meter/hall", r#"{"t":-127}"#, "-127 °C cannot be"),
        ("meter/hall", r#"{"t":"#, "it is not JSON"),
        ("meter/hall", r#"{"u":1}"#, "there is nothing at `/t`"),
        ("meter/skylight", "ajar", "neither on nor off"),
    ] {
        let mut world = World::new();
        let effects = world.message(topic, payload);
        assert_eq!(recorded(&effects), [], "{payload}");
        let [line] = &told(&effects)[..] else { panic!("{payload}: {effects:?}") };
        assert!(line.contains(words), "{line}");
        assert_eq!(told(&world.message(topic, payload)), [""; 0], "once");
        let good = if topic == "meter/hall" { r#"{"t":20}"# } else { "1" };
        world.now += 1;
        let effects = world.message(topic, good);
        assert_eq!(recorded(&effects).len(), 1);
        assert!(told(&effects)[0].contains("works again"), "{effects:?}");
    }
}

#[test]
fn a_meter_whose_unit_is_another_one_is_told_and_not_kept() {
    let mut world = World::new();
    let mut plan = plan();
    let gas = plan.meters.get_mut(&slug("gas")).unwrap();
    gas.unit = "kWh".parse().unwrap();
    world.tell(Input::Plan(Arc::new(plan)));
    let effects = world.message("zigbee2mqtt/gas", r#"{"gas":12.5}"#);
    assert_eq!(recorded(&effects), []);
    let line = told(&effects).join("\n");
    assert!(line.contains("it says m³, but its record says kWh: correct the record"), "{line}");
}

#[test]
fn what_the_broker_had_kept_is_no_measurement_but_an_open_window_counts() {
    let mut world = World::new();
    let year_old = world.hear("meter/mains", b"9000", true);
    assert_eq!((recorded(&year_old), told(&year_old)), (vec![], vec![]));
    world.hear("meter/skylight", b"ON", true);
    world.hear("meter/mains", b"nonsense", true);
    world.tell(heated(21.0));
    world.all(600);
    assert_eq!(world.machine.alarms(AlarmKind::WindowOpen), 1);
    assert_eq!(world.machine.alarms(AlarmKind::PowerUnused), 0);
}

#[test]
fn a_storm_is_kept_once_a_second_with_its_last_value() {
    let mut world = World::new();
    let mut kept = Vec::new();
    for second in 0..5 {
        for message in 0..1_000 {
            kept.extend(recorded(&world.message("meter/mains", &format!("{second}.{message:03}"))));
        }
        kept.extend(recorded(&world.pass(1)));
    }
    let values: Vec<f64> = kept.iter().map(|(_, value)| *value).collect();
    // The first one, and then the last of each second.
    assert_eq!(values, [0.0, 0.999, 1.999, 2.999, 3.999, 4.999]);
    assert_eq!(world.machine.broker.as_ref().unwrap().received, 5_000);
    // A value is published every ten seconds at most.
    let mut shown = Vec::new();
    for message in 0..60 {
        world.message("meter/mains", &message.to_string());
        let effects = world.pass(1);
        shown.extend(on(&effects, "space/meter/mains").iter().map(|it| it.to_string()));
    }
    assert!((5..=7).contains(&shown.len()), "{shown:?}");
}

#[test]
fn a_payload_that_is_too_large_is_told_with_its_meter() {
    let mut world = World::new();
    let large = Happening::TooLarge { topic: "meter/mains".into(), size: 10_000_000 };
    let effects = world.tell(Input::Broker(large));
    assert_eq!(
        told(&effects),
        ["meter mains: a message on meter/mains has 10000000 bytes, which is too much"]
    );
}

#[test]
fn a_broker_that_was_gone_for_a_day_hears_everything_again() {
    let mut world = World::new();
    world.message("meter/mains", "10");
    world.tell(Input::Doors(vec![front(true, Some(false))]));
    world.all(20);
    world.tell(Input::Broker(Happening::Lost("the broker is away".into())));
    let away = world.all(86_400);
    assert_eq!(published(&away), Vec::<&Outgoing>::new());
    let effects = world.tell(Input::Broker(Happening::Connected));
    assert_eq!(on(&effects, "space/state"), ["online"]);
    assert_eq!(on(&effects, "space/door/front/lock"), ["LOCKED"]);
    assert_eq!(on(&effects, "space/door/front/contact"), ["OFF"]);
    assert_eq!(on(&effects, "space/meter/mains"), ["10.0"]);
    let devices: Vec<&str> = published(&effects)
        .into_iter()
        .filter(|it| it.topic.ends_with("/config") && it.retain)
        .map(|it| it.topic.as_str())
        .collect();
    for part in ["door_front", "meter_mains", "zone_hall", "alarms_building"] {
        assert!(devices.iter().any(|it| it.contains(part)), "{part} {devices:?}");
    }
    assert!(effects.iter().any(|it| matches!(it, Effect::Subscribe(_))), "subscribed again");
    // The meter fell silent meanwhile: once, with one letter.
    let raised = told(&away).iter().filter(|it| it.contains("mains has said nothing")).count();
    assert_eq!(raised, 1);
}

#[test]
fn when_home_assistant_comes_it_is_told_everything_and_what_is_gone_is_taken_back() {
    let mut world = World::new();
    world.all(20);
    assert_eq!(published(&world.pass(1)), Vec::<&Outgoing>::new(), "nothing has changed");
    let effects = world.message("homeassistant/status", "online");
    assert!(published(&effects).iter().any(|it| it.topic.contains("meter_mains")), "{effects:?}");
    assert_eq!(
        published(&world.message("homeassistant/status", "offline")),
        Vec::<&Outgoing>::new()
    );

    let topic = |id: &str| format!("homeassistant/device/{id}/config");
    let ghost = topic("space_meter_old");
    let effects = world.hear(&ghost, b"{}", true);
    assert_eq!(on(&effects, &ghost), [""]);
    for kept in [topic("space_meter_mains"), topic("zigbee_1")] {
        assert_eq!(published(&world.hear(&kept, b"{}", true)), Vec::<&Outgoing>::new());
    }
    let mut less = plan();
    less.meters.remove(&slug("mains"));
    let effects = world.tell(Input::Plan(Arc::new(less)));
    assert_eq!(on(&effects, &topic("space_meter_mains")), [""]);
}

fn front(locked: bool, open: Option<bool>) -> Door {
    Door { name: slug("front"), facility: slug("frontdoor"), locked, open }
}

#[test]
fn a_door_is_unlocked_only_if_that_is_allowed_and_asked_for_now() {
    let mut world = World::new();
    let back = Door { name: slug("back"), ..front(true, None) };
    world.tell(Input::Doors(vec![front(true, Some(false)), back]));
    let unlocked =
        |effects: &[Effect]| effects.iter().filter(|it| matches!(it, Effect::Unlock(_))).count();
    let effects = world.message("space/door/front/set", "UNLOCK");
    assert_eq!(unlocked(&effects), 1);
    assert!(effects.contains(&Effect::Unlock(slug("front"))));
    for (topic, payload, retained, words) in [
        ("space/door/front/set", "UNLOCK", true, "retained"),
        ("space/door/back/set", "UNLOCK", false, "does not allow"),
        ("space/door/attic/set", "UNLOCK", false, "no such door"),
        ("space/door/front/set", "LOCK", false, "only be unlocked"),
        ("space/door/front/set", "OPEN", false, "only be unlocked"),
        ("space/door/front/set", "", false, "only be unlocked"),
    ] {
        let effects = world.hear(topic, payload.as_bytes(), retained);
        assert_eq!(unlocked(&effects), 0, "{topic} {payload}");
        assert!(told(&effects)[0].contains(words), "{effects:?}");
        // Whoever sent it sees the door as it is.
        assert_eq!(on(&effects, "space/door/front/lock"), ["LOCKED"]);
    }
}

fn activity(reason: Reason, seconds: i64) -> Seen {
    let result = AccessResult::Operated;
    let activity = Activity::new(at(seconds), slug("frontdoor"), result, reason);
    Seen { activity, name: None, earlier: false }
}

#[test]
fn a_forced_door_is_an_alarm_until_it_is_closed() {
    let mut world = World::new();
    world.tell(Input::Doors(vec![front(true, Some(true))]));
    let effects = world.tell(Input::Activities(vec![activity(Reason::ForcedOpen, 0)]));
    assert_eq!(told(&effects), ["alarm: door frontdoor was opened while it was locked"]);
    let letters: Vec<_> = effects.iter().filter(|it| matches!(it, Effect::Mail(_))).collect();
    assert_eq!(letters.len(), 1);
    assert!(on(&effects, "space/alarms")[0].contains("door-forced"));
    assert!(on(&effects, "space/alarm")[0].contains("raised"));
    assert!(effects.iter().any(|it| matches!(it, Effect::Remember(_))));
    assert_eq!(told(&world.all(1_800)), [""; 0], "it is told once");
    world.tell(Input::Doors(vec![front(true, Some(false))]));
    let over = "over: door frontdoor was opened while it was locked";
    assert_eq!(told(&world.pass(1)), [over]);
}

#[test]
fn without_a_contact_a_forced_door_is_forgotten_after_half_an_hour() {
    let mut world = World::new();
    world.tell(Input::Activities(vec![activity(Reason::HeldOpen, 0)]));
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 1);
    world.all(1_799);
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 1);
    world.pass(1);
    assert_eq!(world.machine.alarms(AlarmKind::DoorHeldOpen), 0);
}

#[test]
fn what_happened_before_the_start_is_not_published_again() {
    let mut world = World::new();
    let granted = Activity {
        kind: Some(crate::domain::model::CredentialType::Fob),
        ..Activity::new(at(-60), slug("frontdoor"), AccessResult::Granted, Reason::PrioritySuffices)
    };
    let seen = |earlier| Seen { activity: granted.clone(), name: Some("Ada".into()), earlier };
    assert_eq!(on(&world.tell(Input::Activities(vec![seen(true)])), "space/send"), [""; 0]);
    assert_eq!(on(&world.tell(Input::Activities(vec![seen(false)])), "space/send").len(), 1);
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

#[test]
fn the_guard_is_seen_and_its_thermometers_are_meters() {
    let mut world = World::new();
    let effects = world.tell(Input::Guard(Some(guard("allowed", None, 0, Some(21.5)))));
    assert_eq!(recorded(&effects), [("furnace".into(), 21.5)]);
    world.now = 20;
    let cut = guard("cut", Some("too-warm"), 20, None);
    let effects = world.tell(Input::Guard(Some(cut)));
    assert_eq!(told(&effects), ["meter furnace: its thermometer is silent"]);
    let effects = world.pass(1);
    assert_eq!(told(&effects), ["alarm: the furnace is cut: it is too warm"]);
    assert!(on(&effects, "space/guard")[0].contains(r#""cut":true"#));
    // It falls silent, too.
    let effects = world.all(120);
    assert!(told(&effects).iter().any(|it| it.contains("no sign of life")), "{effects:?}");
    assert!(on(&effects, "space/guard")[0].contains("silent"));
    // Nothing is ever said to it.
    let topics: BTreeSet<&str> = published(&effects).iter().map(|it| it.topic.as_str()).collect();
    assert!(topics.iter().all(|it| it.starts_with("space/") || it.starts_with("homeassistant/")));
}

fn heated(temperature: f64) -> Input {
    let wish =
        format!(r#"[{{"temperature":{temperature},"description":"a class","timespec":"always"}}]"#);
    Input::Plan(Arc::new(plan_with(&wish)))
}

#[test]
fn a_set_point_is_sent_when_it_changes_and_again_from_time_to_time() {
    let mut world = World::new();
    let effects = world.tell(heated(20.5));
    assert_eq!(on(&effects, "valve/set"), [r#"{"setpoint":20.5}"#]);
    let message = published(&effects).into_iter().find(|it| it.topic == "valve/set").unwrap();
    assert!(!message.retain, "an order of last year would heat");
    assert_eq!(on(&world.all(599), "valve/set"), [""; 0]);
    assert_eq!(on(&world.pass(1), "valve/set").len(), 1);
    assert_eq!(on(&world.tell(heated(18.0)), "valve/set"), [r#"{"setpoint":18.0}"#]);
    let effects = world.message("homeassistant/status", "online");
    let shown = on(&effects, "space/zone/hall").join("");
    assert!(shown.contains(r#""wanted":18.0"#) && shown.contains("a class"), "{shown}");
    // More than the ceiling of the zone is never asked for.
    assert_eq!(on(&world.tell(heated(40.0)), "valve/set"), [r#"{"setpoint":23.0}"#]);
}

#[test]
fn it_is_warm_while_somebody_is_in_or_has_booked() {
    let mut world = World::new();
    let wish = r#"[{"temperature":20,"if_used":true,"timespec":"always"}]"#;
    let effects = world.tell(Input::Plan(Arc::new(plan_with(wish))));
    assert_eq!(on(&effects, "valve/set"), [r#"{"setpoint":5.0}"#], "kept from freezing");
    let booking = Interval { start: at(3_600), end: at(7_200) };
    world.tell(Input::Bookings([(slug("hall"), vec![booking])].into()));
    assert_eq!(on(&world.all(599), "valve/set"), [""; 0]);
    let warmed = world.all(1_801 - 599);
    assert_eq!(
        on(&warmed, "valve/set").last(),
        Some(&r#"{"setpoint":20.0}"#),
        "half an hour before"
    );
    let over = world.all(7_200);
    assert_eq!(on(&over, "valve/set").last(), Some(&r#"{"setpoint":5.0}"#));

    let came = Activity {
        member: "0042".parse().ok(),
        kind: Some(crate::domain::model::CredentialType::Fob),
        ..Activity::new(
            at(world.now),
            slug("frontdoor"),
            AccessResult::Granted,
            Reason::PrioritySuffices,
        )
    };
    world.tell(Input::Activities(vec![Seen { activity: came, name: None, earlier: false }]));
    let effects = world.pass(1);
    assert_eq!(on(&effects, "valve/set"), [r#"{"setpoint":20.0}"#]);
    assert!(on(&effects, "space/people")[0].contains(r#""number":1"#));
    assert!(!format!("{:?}", published(&effects)).contains("0042"), "never who");
}

#[test]
fn a_letter_that_cannot_be_sent_is_tried_again_and_after_a_restart_nothing_is_told_twice() {
    let mut world = World::new();
    let effects = world.tell(Input::Activities(vec![activity(Reason::ForcedOpen, 0)]));
    let letter = |effects: &[Effect]| {
        effects.iter().find_map(|it| match it {
            Effect::Mail(letter) => Some(letter.clone()),
            _ => None,
        })
    };
    let first = letter(&effects).unwrap();
    assert_eq!(letter(&world.all(100)), None, "it is on its way");
    let failed = world.tell(Input::Mailed(first.clone(), Err("the server is down".into())));
    assert!(told(&failed)[0].contains("the server is down"));
    assert_eq!(letter(&world.all(299)), None);
    assert_eq!(letter(&world.pass(1)), Some(first.clone()));
    let effects = world.tell(Input::Mailed(first, Ok(())));
    let remembered = effects.iter().find_map(|it| match it {
        Effect::Remember(board) => Some(board.clone()),
        _ => None,
    });
    let mut again = World::lonely(remembered.unwrap());
    again.now = world.now;
    again.tell(Input::Plan(Arc::new(plan())));
    let effects = again.tell(Input::Activities(vec![activity(Reason::ForcedOpen, again.now)]));
    assert_eq!((letter(&effects), told(&effects)), (None, vec![]));
    assert_eq!(again.machine.alarms(AlarmKind::DoorForced), 1);
}

#[test]
fn trouble_is_told_once_and_shown_until_it_is_over() {
    let mut world = World::new();
    let trouble = |words: Option<&str>| Input::Trouble("doors", words.map(str::to_owned));
    assert_eq!(told(&world.tell(trouble(Some("no door listens")))), ["no door listens"]);
    assert_eq!(told(&world.tell(trouble(Some("no door listens")))), [""; 0]);
    let shown = |effects: Vec<Effect>| {
        effects.into_iter().rev().find_map(|it| match it {
            Effect::Show(state) => Some(*state),
            _ => None,
        })
    };
    assert_eq!(shown(world.all(31)).unwrap().trouble, ["no door listens"]);
    world.tell(trouble(None));
    assert_eq!(shown(world.all(31)).unwrap().trouble, [""; 0]);
}

fn anything() -> impl Strategy<Value = Input> {
    let topic = prop_oneof![
        proptest::sample::select(vec![
            "meter/mains",
            "meter/hall",
            "meter/skylight",
            "plug/events/rpc",
            "zigbee2mqtt/gas",
            "space/door/front/set",
            "space/door/back/set",
            "space/door//set",
            "homeassistant/status",
            "homeassistant/device/space_x/config",
            "valve/set",
            "space/guard",
        ])
        .prop_map(str::to_owned),
        "[a-z/+#$]{0,20}",
    ];
    let payload = prop_oneof![
        proptest::sample::select(vec![
            "1",
            "-1",
            "NaN",
            "1e400",
            "85.0",
            "-127",
            "1e308",
            "UNLOCK",
            "LOCK",
            "online",
            "",
            r#"{"t":85}"#,
            r#"{"t":21}"#,
            r#"{"params":{"switch:0":{"aenergy":{"total":1e300}}}}"#,
        ])
        .prop_map(|it| it.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    let message = (topic, payload, any::<bool>()).prop_map(|(topic, payload, retained)| {
        Input::Broker(Happening::Message(Incoming { topic, payload, retained }))
    });
    prop_oneof![
        8 => message,
        1 => Just(Input::Broker(Happening::Connected)),
        1 => Just(Input::Broker(Happening::Lost("away".into()))),
        1 => (0..5_i64).prop_map(|at| Input::Guard(Some(guard("cut", Some("frozen"), at, Some(30.0))))),
        1 => Just(Input::Doors(vec![front(true, Some(true))])),
        1 => Just(Input::Activities(vec![activity(Reason::ForcedOpen, 0)])),
        1 => Just(heated(21.0)),
        4 => Just(Input::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// Whatever comes: only known topics are published, nothing while there is no connection, what is
    /// kept can be counted with, doors are unlocked only by an order for that very door, and there is
    /// no more output than there is news.
    #[test]
    fn whatever_comes_it_stays_within_its_bounds(inputs in proptest::collection::vec(anything(), 1..300)) {
        let mut world = World::new();
        let mut connected = true;
        for input in inputs {
            if let Input::Broker(happening) = &input {
                match happening {
                    Happening::Connected => connected = true,
                    Happening::Lost(_) => connected = false,
                    _ => {}
                }
            }
            let order = matches!(&input, Input::Broker(Happening::Message(it))
                if it.topic == "space/door/front/set" && it.payload == b"UNLOCK" && !it.retained);
            world.now += i64::from(matches!(input, Input::Tick));
            let effects = world.tell(input);
            prop_assert!(effects.len() < 60, "{}", effects.len());
            for effect in effects {
                match effect {
                    Effect::Publish(message) => {
                        prop_assert!(connected);
                        let known = ["space/#", "homeassistant/device/+/config", "valve/set"];
                        prop_assert!(known.iter().any(|it| matches(it, &message.topic)), "{message:?}");
                        if message.topic == "valve/set" {
                            let number = message.payload.as_str();
                            let asked = [r#"{"setpoint":21.0}"#, r#"{"setpoint":5.0}"#];
                            prop_assert!(asked.contains(&number));
                        }
                    }
                    Effect::Record(_, _, it) => prop_assert!(it.number().is_finite()),
                    Effect::Unlock(door) => prop_assert!(order && door == slug("front")),
                    Effect::Tell(Event::Unlocking { .. }) => prop_assert!(order),
                    _ => {}
                }
            }
        }
    }
}
