//! What processors pay out to the bank, and what they keep.

use serde_json::Value;

use crate::world::{KINDS, World, name};

fn json(world: &World, args: &[&str]) -> Value {
    serde_json::from_str(&world.run(args)).unwrap()
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
        let bank = |number: u32, text: &str| {
            let (pounds, pence) = (amount / 100, amount % 100);
            let ofx = format!(
                "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
                 <CURDEF>GBP<BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302\
                 <TRNAMT>{pounds}.{pence:02}<FITID>F{number}<NAME>{text}</STMTTRN></BANKTRANLIST></STMTRS>\
                 </STMTTRNRS></BANKMSGSRSV1></OFX>\n"
            );
            let path = world.dir.path().join(format!("bank{number}.ofx"));
            std::fs::write(&path, ofx).unwrap();
            world.run(&["payment", "import", &path.display().to_string(), "--yes"])
        };
        bank(1, &format!("{} LTD REF", name(kind).to_uppercase()));
        let waiting = json(&world, &["payment", "list", "--unmatched", "--json"]);
        assert_eq!(waiting, serde_json::json!([]), "{kind:?}");
        bank(2, "SOMEBODY ELSE");
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
