//! Money that comes in by a processor: recorded once, whatever happens and in whatever order.

use serde_json::Value;
use space::integrations::processor::Fault;

use crate::world::{World, now};

fn receive(world: &World) -> Value {
    serde_json::from_str(&world.run(&["service", "receive", "--json"])).unwrap()
}

fn payments(world: &World) -> Vec<Value> {
    let all: Value = serde_json::from_str(&world.run(&["payment", "list", "--json"])).unwrap();
    all.as_array().unwrap().clone()
}

fn paying(names: &[&str]) -> World {
    let world = World::new(names);
    world.apply();
    world.everybody_pays();
    world
}

#[test]
fn dues_that_are_taken_cover_the_member_and_count_once() {
    let world = paying(&["Ada Lovelace", "Bob Noyce"]);
    let done = receive(&world);
    assert_eq!((&done["credited"], &done["unmatched"]), (&2.into(), &0.into()), "{done}");
    let shown = world.run(&["member", "show", "ada"]);
    assert!(shown.contains("standing       good") || shown.contains("2026-04"), "{shown}");
    assert_eq!(receive(&world)["commits"], serde_json::json!([]));
    // Everything is told once more, under other ids.
    for mut event in world.there.all("events") {
        event["id"] = format!("{}_again", event["id"].as_str().unwrap()).into();
        world.there.add_by_hand("events", event);
    }
    assert_eq!(receive(&world)["commits"], serde_json::json!([]));
    assert_eq!(payments(&world).len(), 2);
    world.there.advance("2026-06-02T00:00:00Z".parse().unwrap());
    let months = payments_in(&world, "2026-06-02T00:00:00Z");
    assert_eq!(months, 6, "three months of each");
}

/// Receives at a moment, and returns how many payments are recorded then.
fn payments_in(world: &World, at: &str) -> usize {
    world.run_at(at.parse().unwrap(), &["service", "receive"]);
    payments(world).len()
}

#[test]
fn refunds_and_disputes_take_back_what_was_bought() {
    let world = paying(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    receive(&world);
    let charges = world.there.all("charges");
    let id = |at: usize| charges[at]["id"].as_str().unwrap().to_owned();
    assert!(world.there.refund(&id(0), None));
    assert!(!world.there.refund(&id(0), None), "there is nothing left");
    world.there.dispute(&id(1));
    world.there.decline(&world.customer(2), "insufficient funds");
    let done = receive(&world);
    for words in ["25.00 of 0001 Ada Lovelace went back: refunded", "Bob Noyce went back: disputed"]
    {
        assert!(done["notes"].to_string().contains(words), "{done}");
    }
    assert!(done["notes"].to_string().contains("could not take dues from 0003 Cy Young"), "{done}");
    let back = |it: &Value| it["returned"][0]["amount"].as_i64().unwrap_or_default();
    let mut back: Vec<i64> = payments(&world).iter().map(back).collect();
    back.sort_unstable();
    assert_eq!(back, [0, 2500, 2500], "{:?}", payments(&world));
    let report: Value =
        serde_json::from_str(&world.run(&["report", "processor", "--json"])).unwrap();
    let total = &report["total"];
    assert_eq!((&total["failed"], &total["failed_amount"]), (&1.into(), &2500.into()), "{report}");
    assert_eq!((&total["received"], &total["given_back"]), (&7500.into(), &5000.into()));
    assert_eq!(receive(&world)["commits"], serde_json::json!([]));
}

#[test]
fn what_nobody_knows_is_kept_and_a_payout_credits_nobody() {
    let world = paying(&["Ada Lovelace"]);
    let stranger = world.there.customer("Zed", "zed@example.org");
    world.there.charge(&stranger, 2500, "gbp");
    world.there.charge(&world.customer(0), 2500, "eur");
    let done = receive(&world);
    assert_eq!((&done["credited"], &done["unmatched"]), (&1.into(), &1.into()), "{done}");
    assert!(done["held"].to_string().contains("in EUR"), "{done}");
    let unmatched = world.run(&["payment", "list", "--unmatched"]);
    assert!(unmatched.contains(&stranger), "{unmatched}");
    // What the processor pays out stands on the bank statement, and names no member.
    let line = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302<TRNAMT>24.42<FITID>F1\
                <NAME>STRIPE PAYMENTS UK LTD</STMTTRN>";
    let ofx = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>GBP<BANKTRANLIST>{line}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    );
    let path = world.dir.path().join("bank.ofx");
    std::fs::write(&path, ofx).unwrap();
    let before = payments(&world).len();
    world.run(&["payment", "import", &path.display().to_string(), "--yes"]);
    let unmatched = world.run(&["payment", "list", "--unmatched"]);
    assert!(unmatched.contains("STRIPE PAYMENTS"), "{unmatched}");
    assert_eq!(payments(&world).len(), before);
}

#[test]
fn nothing_is_lost_while_the_processor_fails_and_a_cursor_that_is_gone_is_told() {
    let world = paying(&["Ada Lovelace"]);
    world.there.fail([Some(Fault::Lost), Some(Fault::Broken), Some(Fault::Busy(Some(0)))]);
    let mut follower = world.follower();
    let done = space::app::service::receive(&world.store(), &mut follower, None, now());
    assert_eq!(done.unwrap().credited, 1);
    world.there.charge(&world.customer(0), 2500, "gbp");
    for event in world.there.all("events") {
        if event["type"] == "charge.succeeded" {
            world.there.remove("events", event["id"].as_str().unwrap());
            break;
        }
    }
    // More than a page of events, of which most are of no interest.
    for number in 0..230 {
        let customer = world.customer(0);
        world.there.charge(&customer, 2500 + number, "eur");
    }
    let done = receive(&world);
    assert!(done["held"].to_string().contains("something may be missing"), "{done}");
    assert_eq!(done["held"].as_array().unwrap().len(), 231, "each of another currency");
    assert_eq!(receive(&world)["held"], serde_json::json!([]));
}

/// The members whose dues go back can no longer open the door. One by one, nobody would notice.
#[test]
fn what_goes_back_from_many_waits_until_somebody_confirms_it() {
    let names: Vec<String> = (1..=7).map(|it| format!("Member {it}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = paying(&names);
    for number in 1..=7 {
        let (member, fob) = (format!("000{number}"), format!("77{number}"));
        world.run(&["credential", "add", "--member", &member, "--fob", &fob]);
    }
    receive(&world);
    let covered = || {
        let all: Value = serde_json::from_str(&world.run(&["member", "list", "--json"])).unwrap();
        all.as_array().unwrap().iter().filter(|it| it["standing"] == "good").count()
    };
    assert_eq!(covered(), 7);
    let charges = world.there.all("charges");
    let refund = |at: usize| assert!(world.there.refund(charges[at]["id"].as_str().unwrap(), None));
    // What was given within the hour is no loss; so time passes.
    let later = |args: &[&str]| {
        let at = "2026-03-02T20:00:00Z".parse().unwrap();
        let done = world.command_at(at, args).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(said) } else { Err(said) }
    };
    let receive = || later(&["service", "receive"]);
    // Five may lose it without a word, also one at a time.
    (0..3).for_each(&refund);
    receive().unwrap();
    refund(3);
    receive().unwrap();
    refund(4);
    receive().unwrap();
    assert_eq!(covered(), 2);
    refund(5);
    let head = world.store().head().unwrap();
    let said = receive().unwrap_err();
    assert!(
        said.contains("takes access from 6 of 7 members") && said.contains("--confirm 6"),
        "{said}"
    );
    assert!(said.contains("what the payment processor has done within the last hour"), "{said}");
    assert_eq!(world.store().head().unwrap(), head, "nothing is recorded");
    assert_eq!(covered(), 2);
    // Comparing, which works, does not hide it.
    later(&["service", "apply", "--yes"]).unwrap();
    let status = || world.run(&["service", "status"]);
    assert!(status().contains("takes access from 6 of 7 members"), "{}", status());
    later(&["service", "receive", "--confirm", "6"]).unwrap();
    assert!(!status().contains("takes access from"), "{}", status());
    assert_eq!(covered(), 1);
    // From there it counts anew.
    refund(6);
    receive().unwrap();
    assert_eq!(covered(), 0);
}

/// A timer may compare while a webhook makes the web record what happened.
#[test]
fn what_is_told_while_a_plan_is_made_is_kept() {
    let world = paying(&["Ada Lovelace"]);
    world.there.charge(&world.customer(0), 2500, "eur");
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let (mut follower, look) = world.look_at(&head, now());
    let held = receive(&world)["held"].to_string();
    assert!(held.contains("in EUR"), "{held}");
    space::app::service::apply(&head, &mut follower, look, now()).unwrap();
    assert!(world.run(&["service", "status"]).contains("in EUR"));
    let requests = world.there.requests();
    assert_eq!(receive(&world)["held"], serde_json::json!([]), "it goes on from there");
    assert_eq!(world.there.requests() - requests, 1);
}

/// Many at once are not taken apart until each passes.
#[test]
fn many_refunds_at_once_are_not_recorded_one_by_one() {
    let names: Vec<String> = (1..=7).map(|it| format!("Member {it}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = paying(&names);
    for number in 1..=7 {
        let (member, fob) = (format!("000{number}"), format!("77{number}"));
        world.run(&["credential", "add", "--member", &member, "--fob", &fob]);
    }
    receive(&world);
    for charge in world.there.all("charges") {
        assert!(world.there.refund(charge["id"].as_str().unwrap(), None));
    }
    let said = world.refused(&["service", "receive"]);
    assert!(said.contains("takes access from 7 of 7 members"), "{said}");
    let all: Value = serde_json::from_str(&world.run(&["payment", "list", "--json"])).unwrap();
    assert!(
        all.as_array().unwrap().iter().all(|it| it["returned"] == serde_json::json!([])),
        "{all}"
    );
}

/// A program that goes on running knows whose accounts are, as the records say at that moment.
#[test]
fn an_account_that_is_somebody_elses_meanwhile_credits_them() {
    let world = paying(&["Ada Lovelace", "Bob Noyce"]);
    let (store, mut follower) = (world.store(), world.follower());
    let mut receive = || {
        let done = space::app::service::receive(&store, &mut follower, None, crate::world::now());
        let done = done.unwrap();
        (done.credited, done.waiting)
    };
    assert_eq!(receive(), (2, 0));
    let of = |member: &str| {
        let paid = payments(&world);
        paid.iter().filter(|it| it["member"] == member).count()
    };
    let [first, second] = [0, 1].map(|at| world.customer(at));
    world.run(&["member", "edit", "bob", "--account", &format!("stripe={first}")]);
    world.there.charge(&first, 2500, "gbp");
    assert_eq!(receive(), (0, 1), "it is of two");
    world.run(&["member", "edit", "ada", "--account", &format!("stripe={second}")]);
    world.there.charge(&first, 5000, "gbp");
    assert_eq!((receive(), of("0001"), of("0002")), ((1, 0), 1, 2));
    world.run(&["member", "edit", "bob", "--clear", "accounts"]);
    world.there.charge(&first, 7500, "gbp");
    assert_eq!(receive(), (0, 1));
}
