//! What cannot be right is refused or held, with a sentence in `space service status`; nothing is lost, and
//! nothing taken away.

use serde_json::Value;
use space::integrations::processor::ProcessorKind;

use crate::world::{KEY, KINDS, World, name};

fn json(world: &World, args: &[&str]) -> Value {
    serde_json::from_str(&world.run(args)).unwrap()
}

fn status(world: &World) -> String {
    world.run(&["service", "status"])
}

#[track_caller]
fn says(world: &World, words: &str) {
    let status = status(world);
    assert!(status.contains(words), "{words}\n{status}");
}

fn paying(kind: ProcessorKind, names: &[&str]) -> World {
    let world = World::with(kind, names);
    world.apply();
    world.everybody_pays();
    world
}

/// A webhook that is forged or repeated is in `webhooks.rs`.
#[test]
fn money_of_an_unknown_customer_or_in_another_currency_is_told_and_kept() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace"]);
        let stranger = world.there.customer("Zed Nobody", "zed@example.org");
        world.there.charge(&stranger, 2500, "GBP");
        world.there.charge(&world.customer(0), 2500, "EUR");
        world.there.decline(&stranger, "no money");
        let done = json(&world, &["service", "receive", "--json"]);
        assert_eq!(done["unmatched"], 1, "{done}");
        says(&world, &format!("25.00 of {stranger}, of which the records do not say whose it is"));
        says(&world, "is not recorded: in EUR");
        says(&world, &format!("could not take dues from {stranger}"));
        let waiting = json(&world, &["payment", "list", "--unmatched", "--json"]).to_string();
        assert!(waiting.contains(&stranger), "{waiting}");
        // It is told once, and the status goes on telling of it.
        assert_eq!(json(&world, &["service", "receive", "--json"])["held"], Value::Array(vec![]));
        says(&world, "is not recorded: in EUR");
        assert_eq!(world.apply(), [""; 0]);
        assert_eq!(world.charged(), [2500]);
    }
}

#[test]
fn a_subscription_that_is_not_for_dues_is_told_and_left_alone() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace", "Bob Noyce", "Cy Young"]);
        let odd = world.there.all("subscriptions")[0].clone();
        let id = odd["id"].as_str().unwrap();
        world.there.by_hand("subscriptions", id, |it| match kind {
            ProcessorKind::Stripe => {
                let items = it["items"]["data"].as_array_mut().unwrap();
                items.push(items[0].clone());
            }
            ProcessorKind::GoCardless => it["currency"] = "EUR".into(),
        });
        let before = world.there.all("subscriptions");
        // Whether the dues change or the member leaves, nothing of it is touched.
        world.run(&["member", "edit", "ada", "--chosen-amount", "30"]);
        assert_eq!(world.apply(), [""; 0]);
        world.run(&["member", "leave", "ada", "--on", "2026-03-02"]);
        assert_eq!(world.apply(), [""; 0]);
        assert_eq!(world.there.all("subscriptions"), before);
        let words = match kind {
            ProcessorKind::Stripe => "the account of 0001, has a subscription with 2 items",
            ProcessorKind::GoCardless => "the account of 0001, has a subscription in EUR",
        };
        says(&world, words);
        let customer = world.customer(0);
        let mut second = before[1].clone();
        second["id"] = "second".into();
        world.there.add_by_hand("subscriptions", second);
        assert_eq!(world.apply(), [""; 0]);
        says(&world, "the account of 0002, has 2 subscriptions");
        assert!(status(&world).contains(&customer), "both are told");
    }
}

#[test]
fn a_customer_who_was_deleted_there_is_told_and_nobody_is_charged_anew() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace", "Bob Noyce"]);
        let customer = world.customer(0);
        // Whatever had been taken of them by then is still told.
        world.there.charge(&customer, 2500, "GBP");
        let id = |kind: &str| world.there.all(kind)[0]["id"].as_str().unwrap().to_owned();
        match kind {
            ProcessorKind::Stripe => world.there.remove("subscriptions", &id("subscriptions")),
            ProcessorKind::GoCardless => {
                for kind in ["subscriptions", "mandates"] {
                    world.there.by_hand(kind, &id(kind), |it| it["status"] = "cancelled".into());
                }
            }
        }
        world.there.remove("customers", &customer);
        let done = json(&world, &["service", "receive", "--json"]);
        let credited = if kind == ProcessorKind::Stripe { 3 } else { 1 };
        assert_eq!(done["credited"], credited, "{done}");
        assert_eq!(world.apply(), [""; 0]);
        says(&world, &format!("{customer}, the account of 0001, is no longer there"));
        assert_eq!(world.there.all("customers").len(), 1, "no other account is opened");
        assert_eq!(world.charged(), [2500], "Bob goes on");
        let shown = world.run(&["member", "show", "ada", "--contact"]);
        assert!(shown.contains(&customer), "the records keep it: {shown}");
        // Somebody says that it is meant.
        world.run(&["member", "edit", "ada", "--clear", "accounts"]);
        assert_eq!(world.apply(), ["open 0001"]);
    }
}

#[test]
fn who_has_no_address_is_told_where_one_is_needed() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace"]);
        world.run(&["member", "add", "Bob Noyce", "--tier", "maker"]);
        world.run(&["member", "edit", "bob", "--pays-by", name(kind)]);
        let done = world.try_apply_at(super::world::now()).unwrap();
        match kind {
            ProcessorKind::Stripe => assert_eq!((done.steps.len(), done.refused.len()), (2, 0)),
            ProcessorKind::GoCardless => {
                assert_eq!((done.steps.len(), done.refused.len()), (1, 1));
                says(&world, "open for 0002: GoCardless needs an e-mail address for SM0002");
                world.run(&["member", "edit", "bob", "--email", "bob@example.org"]);
                assert_eq!(world.apply(), ["open 0002"]);
            }
        }
        assert_eq!(world.apply(), [""; 0]);
        assert!(!status(&world).contains("needs an e-mail"), "{}", status(&world));
    }
}

/// A couple has one address. Each has an account of their own, which nobody takes for the other's.
#[test]
fn two_members_with_one_address_have_two_accounts() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace", "Bob Noyce"]);
        world.run(&["member", "edit", "bob", "--email", "ada.lovelace@example.org"]);
        assert_eq!(world.apply(), ["open 0001", "open 0002"]);
        world.everybody_pays();
        for at in 0..2 {
            world.there.charge(&world.customer(at), 2500, "GBP");
        }
        world.run(&["service", "receive"]);
        for member in ["ada", "bob"] {
            let shown = json(&world, &["member", "show", member, "--json"]);
            assert!(shown["paid_until"].is_string(), "{shown}");
        }
        world.run(&["member", "leave", "bob", "--on", "2026-03-02"]);
        assert_eq!(world.apply(), ["remove 0002"]);
        // An account of the same address that somebody made by hand may be of either.
        let third = world.there.customer("A and B", "ada.lovelace@example.org");
        for member in ["ada", "bob"] {
            world.run(&["member", "edit", member, "--clear", "accounts"]);
        }
        for at in 0..2 {
            let customer = world.customer(at);
            world
                .there
                .by_hand("customers", &customer, |it| it["metadata"] = serde_json::json!({}));
        }
        let shown = world.run(&["processor", "adopt", "--dry-run"]);
        assert!(shown.contains("doubtful: 0001 Ada Lovelace or 0002 Bob Noyce"), "{shown}");
        assert!(shown.contains(&third), "{shown}");
        assert_eq!(world.charged().len(), 1);
    }
}

/// Somebody made the key invalid: that is told until there is another one, and changes nothing.
#[test]
fn a_key_that_was_revoked_is_told_and_changes_nothing() {
    for kind in KINDS {
        let world = paying(kind, &["Ada Lovelace", "Bob Noyce"]);
        world.there.charge(&world.customer(0), 2500, "GBP");
        world.run(&["member", "leave", "bob", "--on", "2026-03-02"]);
        let (head, charged) = (world.store().head().unwrap(), world.charged());
        world.write_secret("stripe-key", "sk_test_revoked");
        for args in [
            &["service", "receive"][..],
            &["service", "plan"],
            &["service", "apply", "--yes"],
            &["processor", "link", "ada"],
        ] {
            let said = world.refused(args);
            assert!(said.contains(world.there.name()) && said.contains("secret_file"), "{said}");
            assert!(!said.contains("sk_test"), "the key is a secret: {said}");
        }
        let words = match kind {
            ProcessorKind::Stripe => "Stripe says: Invalid API Key",
            ProcessorKind::GoCardless => "GoCardless says: The access token",
        };
        says(&world, words);
        let listed = json(&world, &["service", "list", "--json"]);
        assert!(listed[0]["trouble"].is_string(), "{listed}");
        assert_eq!((world.store().head().unwrap(), world.charged()), (head, charged));
        world.write_secret("stripe-key", KEY);
        let done = json(&world, &["service", "receive", "--json"]);
        assert_ne!(done["credited"], 0, "{done}");
        assert_eq!(world.apply(), ["remove 0002"]);
        assert!(json(&world, &["service", "list", "--json"])[0]["trouble"].is_null());
    }
}
