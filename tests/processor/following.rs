//! A space whose members pay by a processor: what is planned, done, and left alone.

use jiff::Timestamp;
use space::{app::service, integrations::processor::Fault};

use crate::world::{World, now};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_processor_follows_joining_dues_leaving_and_returning() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce"]);
    assert_eq!(world.apply(), ["open 0001", "open 0002"]);
    assert_eq!(world.apply(), [""; 0], "a second time there is nothing to do");
    let shown = world.run(&["member", "show", "ada", "--contact"]);
    assert!(shown.contains("stripe: cus_"), "{shown}");
    world.everybody_pays();
    assert_eq!(world.charged(), [2500, 2500]);
    assert_eq!(world.apply(), [""; 0]);

    world.run(&["member", "edit", "bob", "--chosen-amount", "30"]);
    assert_eq!(world.apply(), ["change 0002"]);
    assert_eq!(world.charged(), [2500, 3000]);
    world.run(&["tier", "edit", "maker", "--price", "28"]);
    assert_eq!(world.apply(), ["change 0001"], "bob chose more");

    world.run(&["member", "leave", "bob", "--on", "2026-03-02"]);
    assert_eq!(world.apply(), ["remove 0002"]);
    assert_eq!(world.charged(), [2800]);
    world.run(&["member", "return", "bob"]);
    assert_eq!(world.apply(), ["add 0002"], "what would have ended goes on");
    assert_eq!(world.charged(), [2800, 3000]);
    world.run(&["member", "suspend", "ada", "--reason", "noise"]);
    assert_eq!(world.apply(), ["remove 0001"]);
    assert_eq!(world.apply(), [""; 0]);
}

/// Somebody looks at a plan while the timer carries out the same one.
#[test]
fn a_plan_that_was_carried_out_meanwhile_is_not_carried_out_again() {
    let world = World::new(&["Ada Lovelace"]);
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let (mut follower, shown) = world.look_at(&head, now());
    assert_eq!(world.apply(), ["open 0001"]);
    let refused = service::apply(&head, &mut follower, shown, now()).unwrap_err().to_string();
    assert!(refused.contains("this plan is old"), "{refused}");
    assert_eq!(world.there.all("customers").len(), 1);
}

/// Nobody is charged on the day on which they have left, or later.
#[test]
fn who_will_have_left_when_the_next_month_begins_is_not_charged_for_it() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce"]);
    world.apply();
    world.everybody_pays();
    // The next month begins on 2 April.
    world.run(&["member", "leave", "ada", "--on", "2026-04-03"]);
    assert_eq!(world.apply(), [""; 0], "she is still there on 2 April");
    world.run(&["member", "return", "ada"]);
    world.run(&["member", "leave", "ada", "--on", "2026-04-02"]);
    assert_eq!(world.apply(), ["remove 0001"]);
    world.there.advance(at("2026-05-05T00:00:00Z"));
    let charges = world.there.all("charges");
    assert_eq!(charges.len(), 4, "one of Ada, three of Bob: {charges:?}");
}

#[test]
fn what_somebody_did_by_hand_is_told_and_left_alone() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    world.apply();
    world.everybody_pays();
    let customers = world.there.all("customers");
    let id = |at: usize| customers[at]["id"].as_str().unwrap().to_owned();
    world.there.remove("customers", &id(0));
    let subscriptions = world.there.all("subscriptions");
    let of = |customer: &str| {
        let it = subscriptions.iter().find(|it| it["customer"] == customer).unwrap();
        it["id"].as_str().unwrap().to_owned()
    };
    world.there.remove("subscriptions", &of(&id(0)));
    world.there.by_hand("subscriptions", &of(&id(1)), |it| {
        it["items"]["data"][0]["price"]["currency"] = "eur".into();
    });
    let stranger = world.there.customer("Zed", "zed@example.org");
    let mut copy = world.there.all("subscriptions")[1].clone();
    copy["id"] = "sub_by_hand".into();
    copy["customer"] = stranger.clone().into();
    world.there.add_by_hand("subscriptions", copy);
    assert_eq!(world.apply(), [""; 0]);
    let status = world.run(&["service", "status"]);
    for words in [
        format!("{}, the account of 0001, is no longer there", id(0)),
        format!("{}, the account of 0002, has a subscription in eur", id(1)),
        format!("{stranger} has something, and the records do not say whose it is"),
    ] {
        assert!(status.contains(&words), "{words}\n{status}");
    }
    assert!(world.run(&["service", "list"]).contains("3 things to look at"));
    let line = |doctor: &str| doctor.lines().find(|it| it.starts_with("stripe")).map(str::to_owned);
    let doctor = world.command(&["doctor"]).output().unwrap();
    let said = line(&String::from_utf8_lossy(&doctor.stdout)).unwrap();
    assert!(said.contains("3 things to look at"), "{said}");
}

#[test]
fn an_answer_that_cannot_be_right_changes_nothing() {
    let names: Vec<String> = (0..8).map(|number| format!("Ada {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = World::new(&names);
    world.apply();
    world.everybody_pays();
    assert_eq!(world.apply(), [""; 0]);
    for faults in [
        vec![Some(Fault::Empty)], // no customers: the subscriptions belong to nobody
        vec![None, Some(Fault::Empty)], // no subscriptions: all would be charged once more
        vec![Some(Fault::Empty), Some(Fault::Empty)],
    ] {
        world.there.fail(faults.clone());
        let why = world.try_apply_at(now()).unwrap_err();
        assert!(why.starts_with("nothing was changed: the service"), "{faults:?}: {why}");
    }
    assert_eq!(world.charged().len(), 8);
    let list = world.run(&["service", "list"]);
    assert!(list.contains("the service tells of 0"), "{list}");
    assert_eq!(world.apply(), [""; 0]);

    // Most of them leave at once.
    for name in &names[..7] {
        world.run(&["member", "edit", name, "--clear", "pays-by"]);
    }
    let why = world.try_apply_at(now()).unwrap_err();
    assert!(why.contains("from 7 of 8 accounts"), "{why}");
    let said = world.refused(&["service", "apply", "--yes"]);
    assert!(said.contains("--confirm 7"), "{said}");
    world.refused(&["service", "apply", "--yes", "--confirm", "6"]);
    world.run(&["service", "apply", "--yes", "--confirm", "7"]);
    assert_eq!(world.charged().len(), 1);
}

/// A record that cannot be read takes nothing away.
#[test]
fn a_record_that_cannot_be_read_ends_nothing() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce"]);
    world.apply();
    world.everybody_pays();
    for file in ["members/00/0001/contact.json", "members/00/0002/member.json", "tiers/maker.json"]
    {
        let path = world.space_dir().join(file);
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, "{").unwrap();
        let git = |args: &[&str]| {
            let mut git = std::process::Command::new("git");
            git.args(args).current_dir(world.space_dir()).env("HOME", world.dir.path());
            assert!(git.output().unwrap().status.success(), "{args:?}");
        };
        git(&["add", "-A"]);
        git(&["commit", "--no-verify", "-m", "broken"]);
        assert_eq!(world.apply(), [""; 0], "{file}");
        assert_eq!(world.charged(), [2500, 2500], "{file}");
        std::fs::write(&path, before).unwrap();
        git(&["add", "-A"]);
        git(&["commit", "--no-verify", "-m", "mended"]);
    }
    assert_eq!(world.apply(), [""; 0]);
}
