//! Direct debits by GoCardless: money that takes days to arrive, and days that count.

use jiff::Timestamp;
use serde_json::Value;
use space::integrations::processor::ProcessorKind;

use crate::world::World;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn paying(names: &[&str]) -> World {
    let world = World::with(ProcessorKind::GoCardless, names);
    world.apply();
    world.everybody_pays();
    world
}

/// Receives at a moment, and returns what is told.
fn receive_at(world: &World, moment: &str) -> Value {
    let name = super::world::name(world.kind);
    let done = world.run_at(at(moment), &["service", "receive", name, "--json"]);
    serde_json::from_str(&done).unwrap()
}

#[test]
fn who_leaves_before_the_first_day_pays_nothing() {
    let world = paying(&["Ada Lovelace", "Bob Noyce"]);
    let statuses = |world: &World| {
        let all = world.there.payments();
        all.iter().map(|it| it["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(statuses(&world), ["pending_submission"; 2]);
    world.run(&["member", "leave", "ada", "--on", "2026-03-02"]);
    assert_eq!(world.apply(), ["remove 0001"]);
    assert_eq!(world.apply(), [""; 0]);
    assert_eq!(statuses(&world), ["cancelled", "pending_submission"]);
    world.there.advance(at("2026-07-01T00:00:00Z"));
    assert_eq!(world.there.taken().len(), 4, "March to June, of Bob alone");
}

/// The last payment pays for the days that are left: nothing is begun that would end before its first day.
#[test]
fn who_will_have_left_before_the_next_day_is_not_begun_anew() {
    let world = paying(&["Ada Lovelace", "Bob Noyce"]);
    world.run(&["member", "leave", "ada", "--on", "2026-03-10"]);
    assert_eq!(world.apply(), [""; 0], "the payment of 5 March comes before that");
    world.there.advance(at("2026-03-07T18:00:00Z"));
    receive_at(&world, "2026-03-07T18:00:00Z");
    assert_eq!(world.apply_at(at("2026-03-07T18:00:00Z")), ["remove 0001"]);
    assert_eq!(world.apply_at(at("2026-03-07T18:00:00Z")), [""; 0]);
    // Bob's has ended already, and he leaves before anything could be taken again.
    let subscription = world.there.all("subscriptions")[1]["id"].as_str().unwrap().to_owned();
    world.there.by_hand("subscriptions", &subscription, |it| it["status"] = "cancelled".into());
    world.run(&["member", "leave", "bob", "--on", "2026-03-09"]);
    world.run(&["service", "apply", "--yes", "--smaller"]);
    assert_eq!(world.charged(), [0; 0]);
    world.there.advance(at("2026-06-01T12:00:00Z"));
    assert_eq!(world.there.taken().len(), 2);
}

/// What was sent to the bank cannot be called back; it is not taken a second time either.
#[test]
fn who_returns_while_money_is_on_its_way_does_not_pay_twice() {
    let world = paying(&["Ada Lovelace"]);
    world.there.advance(at("2026-03-05T12:00:00Z"));
    assert_eq!(world.there.payments()[0]["status"], "submitted");
    world.run(&["member", "suspend", "ada", "--reason", "noise"]);
    assert_eq!(world.apply_at(at("2026-03-05T12:00:00Z")), ["remove 0001"]);
    world.run(&["member", "resume", "ada"]);
    assert_eq!(world.apply_at(at("2026-03-05T12:00:00Z")), ["add 0001"]);
    world.there.advance(at("2026-04-01T12:00:00Z"));
    assert_eq!(world.there.taken().len(), 1);
    world.there.advance(at("2026-04-09T12:00:00Z"));
    assert_eq!(world.there.taken().len(), 2, "April begins on the fifth");
}

#[test]
fn an_amount_that_was_changed_ten_times_is_changed_once_more() {
    let world = paying(&["Ada Lovelace"]);
    world.there.advance(at("2026-03-09T12:00:00Z"));
    for amount in 31..=42 {
        world.run(&["member", "edit", "ada", "--chosen-amount", &amount.to_string()]);
        assert_eq!(world.apply(), ["change 0001"], "{amount}");
        assert_eq!(world.charged(), [amount * 100]);
        assert_eq!(world.apply(), [""; 0]);
    }
    world.there.advance(at("2026-05-09T12:00:00Z"));
    let taken: Vec<i64> = world.there.taken().iter().map(|it| it.1).collect();
    assert_eq!(taken, [2500, 4200, 4200], "one a month");
}

#[test]
fn money_that_arrives_is_recorded_once_however_it_is_told() {
    let world = paying(&["Ada Lovelace", "Bob Noyce"]);
    assert_eq!(receive_at(&world, "2026-03-02T18:00:00Z")["credited"], 0);
    world.there.advance(at("2026-03-08T12:00:00Z"));
    let done = receive_at(&world, "2026-03-08T12:00:00Z");
    assert_eq!((&done["credited"], &done["held"]), (&2.into(), &serde_json::json!([])), "{done}");
    let shown = world.run(&["member", "show", "ada"]);
    assert!(shown.contains("2026-04-05"), "from the day on which it was taken: {shown}");
    // Everything is told once more, in the opposite order and under other ids.
    for mut event in world.there.all("events").into_iter().rev() {
        event["id"] = format!("{}_again", event["id"].as_str().unwrap()).into();
        world.there.add_by_hand("events", event);
    }
    assert_eq!(receive_at(&world, "2026-03-09T12:00:00Z")["commits"], serde_json::json!([]));
}

#[test]
fn money_that_goes_back_takes_its_months_with_it() {
    let world = paying(&["Ada Lovelace", "Bob Noyce", "Cy Young", "Di Prince"]);
    world.there.advance(at("2026-03-08T12:00:00Z"));
    assert_eq!(receive_at(&world, "2026-03-08T12:00:00Z")["credited"], 4);
    let all = world.there.payments();
    let id = |at: usize| all[at]["id"].as_str().unwrap().to_owned();
    assert!(world.there.refund(&id(0), None));
    world.there.dispute(&id(1));
    // A bank may say weeks later that there was no money.
    world.there.by_hand("payments", &id(2), |it| it["status"] = "failed".into());
    let late = serde_json::json!({
        "id": "EV_late", "created_at": "2026-03-10T09:00:00Z", "resource_type": "payments",
        "action": "failed", "links": { "payment": id(2) }, "details": { "description": "late" },
    });
    world.there.add_by_hand("events", late);
    world.there.decline(&world.customer(3), "The account is closed");
    let done = receive_at(&world, "2026-03-10T12:00:00Z");
    let notes = done["notes"].to_string();
    for words in [
        "Ada Lovelace went back: refunded",
        "Bob Noyce went back: charged back",
        "Cy Young went back: failed",
    ] {
        assert!(notes.contains(words), "{words}\n{done}");
    }
    let held = done["notes"].to_string();
    assert!(held.contains("Di Prince") && held.contains("account is closed"), "{done}");
    let listed: Value = serde_json::from_str(&world.run(&["payment", "list", "--json"])).unwrap();
    let back = |it: &&Value| it["returned"][0]["amount"] == 2500;
    assert_eq!(listed.as_array().unwrap().iter().filter(back).count(), 3, "{listed}");
    assert_eq!(receive_at(&world, "2026-03-11T12:00:00Z")["commits"], serde_json::json!([]));
}

#[test]
fn a_direct_debit_that_is_cancelled_at_the_bank_is_told_and_waits_for_another() {
    let world = paying(&["Ada Lovelace"]);
    world.there.advance(at("2026-03-09T12:00:00Z"));
    receive_at(&world, "2026-03-09T12:00:00Z");
    let mandate = world.there.all("mandates")[0]["id"].as_str().unwrap().to_owned();
    let subscription = world.there.all("subscriptions")[0]["id"].as_str().unwrap().to_owned();
    for (kind, id) in [("mandates", &mandate), ("subscriptions", &subscription)] {
        world.there.by_hand(kind, id, |it| it["status"] = "cancelled".into());
    }
    let event = serde_json::json!({
        "id": "EV_bank", "created_at": "2026-03-10T09:00:00Z", "resource_type": "mandates",
        "action": "cancelled", "links": { "mandate": mandate },
        "details": { "description": "The payer cancelled it at the bank" },
    });
    world.there.add_by_hand("events", event);
    let held = receive_at(&world, "2026-03-10T12:00:00Z")["notes"].to_string();
    assert!(held.contains("Ada Lovelace") && held.contains("cancelled it at the bank"), "{held}");
    assert!(world.run(&["service", "plan"]).contains("waits for 0001 Ada Lovelace"));
    let page = world.run(&["processor", "link", "ada"]);
    assert!(world.there.pay(page.trim()), "{page}");
    // It was the only one: that may be an answer that was cut short.
    let said = world.refused(&["service", "apply", "--yes"]);
    assert!(said.contains("--smaller"), "{said}");
    world.run(&["service", "apply", "--yes", "--smaller"]);
    assert_eq!(world.apply(), [""; 0]);
    assert_eq!(world.charged(), [2500]);
    world.there.advance(at("2026-04-04T12:00:00Z"));
    assert_eq!(world.there.taken().len(), 2, "the new one begins when the month is over");
}

#[test]
fn who_has_no_address_is_told_and_holds_nobody_else_up() {
    let world = World::with(ProcessorKind::GoCardless, &["Ada Lovelace"]);
    world.run(&["member", "add", "Bob Noyce", "--tier", "maker"]);
    world.run(&["member", "edit", "bob", "--pays-by", "gocardless"]);
    let done = world.try_apply_at(super::world::now()).unwrap();
    assert_eq!((done.steps.len(), done.refused.len()), (1, 1));
    let status = world.run(&["service", "status"]);
    assert!(status.contains("needs an e-mail address for SM0002"), "{status}");
}
