//! Heat.

use std::sync::Arc;

use super::{World, at, heated, on, plan_with, published, slug};
use crate::{
    building::machine::{Input, Seen},
    domain::{
        model::{AccessResult, Activity, Reason},
        schedule::Interval,
    },
};

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
