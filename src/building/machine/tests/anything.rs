//! Whatever comes.

use proptest::prelude::*;

use super::{World, activity, front, guard, heated, slug};
use crate::{
    building::{
        Event,
        machine::{Effect, Input},
    },
    domain::model::Reason,
    integrations::mqtt::{Happening, Incoming, matches},
};

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
