//! What processors pay out to the bank, and what they keep.

use serde_json::Value;
use space::{
    domain::{
        model::{Record, RecordPath},
        records::Records as _,
    },
    integrations::processor::ProcessorKind,
};

use crate::world::{KINDS, World, name};

fn json(world: &World, args: &[&str]) -> Value {
    serde_json::from_str(&world.run(args)).unwrap()
}

/// Imports a statement with one line.
fn bank(world: &World, number: u32, amount: i64, text: &str) {
    let kind = if amount < 0 { "DEBIT" } else { "CREDIT" };
    let sign = if amount < 0 { "-" } else { "" };
    let (pounds, pence) = (amount.abs() / 100, amount.abs() % 100);
    let ofx = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>GBP<BANKTRANLIST><STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260302\
         <TRNAMT>{sign}{pounds}.{pence:02}<FITID>F{number}<NAME>{text}</STMTTRN></BANKTRANLIST></STMTRS>\
         </STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    );
    let path = world.dir.path().join(format!("bank{number}.ofx"));
    std::fs::write(&path, ofx).unwrap();
    world.run(&["payment", "import", &path.display().to_string(), "--yes"]);
}

/// Returns what was paid out by the records: the amount, what had been taken, the fees, and whether it
/// came back.
fn payouts(world: &World) -> Vec<(i64, i64, i64, bool)> {
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let read = |(year, id)| match head.record(&RecordPath::Unmatched(year, id)) {
        Ok(Some(Record::Unmatched(it))) => {
            let payout = it.payout?;
            Some((it.amount, payout.taken, payout.fees, payout.returned.is_some()))
        }
        _ => None,
    };
    let mut all: Vec<_> = head.unmatched().into_iter().filter_map(read).collect();
    all.sort_unstable();
    all
}

/// The bank does not take what Stripe pays out: it comes with the next payout.
#[test]
fn a_payout_that_came_back_credits_nobody_and_its_fees_count_once() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    world.apply();
    (0..2).for_each(|at| world.there.charge(&world.customer(at), 2500, "GBP"));
    let first = world.there.pay_out().unwrap();
    world.run(&["service", "receive"]);
    bank(&world, 1, first, "STRIPE PAYMENTS UK LTD");
    assert!(world.there.bounce("The bank account is closed"));
    assert!(!world.there.bounce("once"));
    bank(&world, 2, -first, "STRIPE PAYMENTS UK LTD");
    let held = json(&world, &["service", "receive", "--json"])["held"].to_string();
    assert!(held.contains("came back to stripe (The bank account is closed)"), "{held}");
    assert!(world.run(&["service", "status"]).contains("came back to stripe"));
    world.there.charge(&world.customer(2), 2500, "GBP");
    let second = world.there.pay_out().unwrap();
    assert_eq!(second, first + 2500 - 58);
    world.run(&["service", "receive"]);
    bank(&world, 3, second, "STRIPE PAYMENTS UK LTD");
    let known = [(first, 5000, 2 * 58, true), (second, 2500, 58, false)];
    assert_eq!(payouts(&world), known);
    for mut event in world.there.all("events").into_iter().rev() {
        event["id"] = format!("{}_again", event["id"].as_str().unwrap()).into();
        world.there.add_by_hand("events", event);
    }
    let again = json(&world, &["service", "receive", "--json"]);
    assert_eq!((&again["commits"], &again["held"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    assert_eq!(payouts(&world), known);
    let waiting = json(&world, &["payment", "list", "--unmatched", "--json"]);
    assert_eq!(waiting, serde_json::json!([]));
    assert_eq!(json(&world, &["payment", "list", "--json"]).as_array().unwrap().len(), 3);
    world.run(&["check"]);
}

/// What was told about a payment may be lost; the payout that it is a part of names it.
#[test]
fn a_payment_of_which_only_the_payout_is_told_is_recorded() {
    let world = World::with(ProcessorKind::GoCardless, &["Ada Lovelace", "Bob Noyce"]);
    world.apply();
    (0..2).for_each(|at| world.there.charge(&world.customer(at), 2550, "GBP"));
    let payments = world.there.payments();
    assert!(world.there.refund(payments[1]["id"].as_str().unwrap(), Some(50)));
    let amount = world.there.pay_out().unwrap();
    assert_eq!(amount, 2550 + 2500 - 91, "twice 45.5 pence are kept");
    for event in world.there.all("events") {
        if event["resource_type"] != "payouts" {
            world.there.remove("events", event["id"].as_str().unwrap());
        }
    }
    let done = json(&world, &["service", "receive", "--json"]);
    let recorded = (&done["credited"], &done["unmatched"]);
    assert_eq!(recorded, (&0.into(), &2.into()), "of another amount than the dues: {done}");
    assert_eq!(payouts(&world), [(amount, amount + 91, 91, false)]);
    // After six months nobody says any more what it consisted of.
    world.there.charge(&world.customer(0), 2500, "GBP");
    assert!(world.there.pay_out().is_some());
    let later = "2026-10-01T12:00:00Z".parse().unwrap();
    world.there.advance(later);
    let done = world.run_at(later, &["service", "receive", "--json"]);
    let done: Value = serde_json::from_str(&done).unwrap();
    assert_eq!((&done["credited"], &done["held"]), (&1.into(), &serde_json::json!([])), "{done}");
    assert_eq!(payouts(&world).len(), 2);
}

#[test]
fn a_payout_is_recognised_on_the_bank_statement_and_its_fees_are_known() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace", "Bob Noyce"]);
        world.apply();
        for at in 0..2 {
            world.there.charge(&world.customer(at), 2500, "GBP");
        }
        let amount = world.there.pay_out().unwrap();
        assert!(world.there.pay_out().is_none(), "once");
        let done = json(&world, &["service", "receive", "--json"]);
        assert_eq!(
            (&done["credited"], &done["held"]),
            (&2.into(), &serde_json::json!([])),
            "{done}"
        );
        assert_eq!(
            json(&world, &["service", "receive", "--json"])["commits"],
            serde_json::json!([])
        );
        bank(&world, 1, amount, &format!("{} LTD REF", name(kind).to_uppercase()));
        let waiting = json(&world, &["payment", "list", "--unmatched", "--json"]);
        assert_eq!(waiting, serde_json::json!([]), "{kind:?}");
        bank(&world, 2, amount, "SOMEBODY ELSE");
        let waiting = json(&world, &["payment", "list", "--unmatched", "--json"]);
        assert_eq!(waiting.as_array().unwrap().len(), 1, "{waiting}");
        assert_eq!(json(&world, &["payment", "list", "--json"]).as_array().unwrap().len(), 2);
        world.run(&["check"]);
    }
}

/// Whatever is lost or comes late, a dispute that is won leaves the member as before.
#[test]
fn a_dispute_takes_back_and_gives_again() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace"]);
        world.apply();
        world.there.charge(&world.customer(0), 2500, "GBP");
        let until =
            |world: &World| json(world, &["member", "show", "ada", "--json"])["paid_until"].clone();
        world.run(&["service", "receive"]);
        let before = until(&world);
        assert!(before.is_string(), "{before}");
        let payment = world.there.payments()[0]["id"].as_str().unwrap().to_owned();
        world.there.dispute(&payment);
        world.run(&["service", "receive"]);
        assert_ne!(until(&world), before);
        world.there.win(&payment);
        world.run(&["service", "receive"]);
        assert_eq!(until(&world), before, "{kind:?}");
        for mut event in world.there.all("events").into_iter().rev() {
            event["id"] = format!("{}_again", event["id"].as_str().unwrap()).into();
            world.there.add_by_hand("events", event);
        }
        assert_eq!(
            json(&world, &["service", "receive", "--json"])["commits"],
            serde_json::json!([])
        );
        assert_eq!(until(&world), before, "told again, backwards");
    }
}
