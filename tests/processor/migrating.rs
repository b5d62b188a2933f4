//! Members move from one processor to the other, and are charged by one of them at a time.

use jiff::Timestamp;
use space::integrations::processor::{Fault, ProcessorKind};

use crate::world::{World, name, now};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Receives and applies at both, as a timer does.
fn round(world: &mut World, moment: &str) -> Vec<String> {
    let mut steps = Vec::new();
    for _ in 0..2 {
        let name = name(world.kind);
        world.run_at(at(moment), &["service", "receive", name]);
        let own = world.apply_at(at(moment));
        steps.extend(own.into_iter().map(|step| format!("{name}: {step}")));
        world.turn_to_the_other();
    }
    steps
}

fn advance(world: &World, moment: &str) {
    world.there.advance(at(moment));
    world.other.as_ref().unwrap().1.advance(at(moment));
}

fn taken(world: &World) -> usize {
    world.there.taken().len() + world.other.as_ref().unwrap().1.taken().len()
}

#[test]
fn a_member_moves_from_stripe_to_gocardless_and_pays_each_month_once() {
    let mut world = World::new(&["Ada Lovelace"]);
    world.add(ProcessorKind::GoCardless);
    world.apply();
    world.everybody_pays();
    assert_eq!(round(&mut world, "2026-03-02T19:00:00Z"), [""; 0]);
    advance(&world, "2026-03-20T09:00:00Z");
    world.run(&["member", "edit", "ada", "--pays-by", "gocardless"]);
    // The new one is asked first, before the old one has ended.
    world.turn_to_the_other();
    assert_eq!(world.apply_at(at("2026-03-20T09:00:00Z")), ["open 0001"]);
    let plan = world.run(&["service", "plan", "gocardless"]);
    assert!(plan.contains("stripe still takes something from them"), "{plan}");
    let said = world.refused(&["processor", "link", "ada"]);
    assert!(said.contains("stripe still takes something"), "{said}");
    world.turn_to_the_other();
    assert_eq!(round(&mut world, "2026-03-20T09:00:00Z"), ["stripe: remove 0001"]);
    world.turn_to_the_other();
    world.there.advance(at("2026-03-20T09:00:00Z"));
    let page = world.run(&["processor", "link", "ada"]);
    assert!(world.there.pay(page.trim()), "{page}");
    world.turn_to_the_other();
    assert_eq!(round(&mut world, "2026-03-21T09:00:00Z"), ["gocardless: add 0001"]);
    for (moment, payments) in [
        ("2026-03-28T09:00:00Z", 1),
        ("2026-04-06T09:00:00Z", 2),
        ("2026-05-06T09:00:00Z", 3),
        ("2026-06-06T09:00:00Z", 4),
    ] {
        advance(&world, moment);
        assert_eq!(round(&mut world, moment), [""; 0], "{moment}");
        assert_eq!(taken(&world), payments, "{moment}");
    }
    assert_eq!(world.there.taken().len(), 1, "one by Stripe");
}

#[test]
fn a_member_moves_from_gocardless_to_stripe_while_money_is_on_its_way() {
    let mut world = World::with(ProcessorKind::GoCardless, &["Ada Lovelace"]);
    world.add(ProcessorKind::Stripe);
    world.apply();
    world.everybody_pays();
    // The first payment is at the bank, and nobody has recorded it.
    advance(&world, "2026-03-05T09:00:00Z");
    world.run(&["member", "edit", "ada", "--pays-by", "stripe"]);
    let steps = round(&mut world, "2026-03-05T09:00:00Z");
    assert_eq!(steps, ["gocardless: remove 0001", "stripe: open 0001"]);
    world.turn_to_the_other();
    let page = world.run(&["processor", "link", "ada"]);
    assert!(world.there.pay(page.trim()), "{page}");
    world.turn_to_the_other();
    for (moment, payments) in [
        ("2026-03-06T09:00:00Z", 1),
        ("2026-04-04T09:00:00Z", 1),
        ("2026-04-06T09:00:00Z", 2),
        ("2026-05-06T09:00:00Z", 3),
    ] {
        advance(&world, moment);
        assert_eq!(round(&mut world, moment), [""; 0], "{moment}");
        assert_eq!(taken(&world), payments, "{moment}");
    }
    assert_eq!(world.there.taken().len(), 1, "one by GoCardless");
}

/// Nothing begins at one while nobody knows what the other one takes.
#[test]
fn while_the_other_processor_does_not_answer_nothing_begins() {
    let mut world = World::new(&["Ada Lovelace"]);
    world.add(ProcessorKind::GoCardless);
    world.apply();
    world.everybody_pays();
    world.run(&["member", "edit", "ada", "--pays-by", "gocardless"]);
    world.apply();
    world.turn_to_the_other();
    world.apply();
    world.other.as_ref().unwrap().1.fail([Some(Fault::Broken); 4]);
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let (_, look) = world.look_at(&head, now());
    let why = look.plan.waits[0].because.as_deref().unwrap_or_default();
    assert!(why.contains("it is not known what stripe takes"), "{why}");
}

/// As the timer does it: one that fails holds the other up in nothing.
#[test]
fn all_services_are_asked_and_one_that_fails_is_told() {
    let mut world = World::new(&["Ada Lovelace"]);
    world.add(ProcessorKind::GoCardless);
    world.run(&["member", "add", "Bob Noyce", "--tier", "maker", "--email", "bob@example.org"]);
    world.run(&["member", "edit", "bob", "--pays-by", "gocardless"]);
    let said = world.refused(&["service", "apply", "--all"]);
    assert!(said.contains("--yes"), "{said}");
    world.run(&["service", "receive", "--all"]);
    let other = world.other.as_ref().unwrap().1.clone();
    other.fail([Some(Fault::Broken); 4]);
    let said = world.refused(&["service", "apply", "--all", "--yes"]);
    assert!(said.contains("failed with gocardless"), "{said}");
    assert_eq!((world.there.all("customers").len(), other.all("customers").len()), (1, 0));
    other.fail_no_more();
    world.run(&["service", "apply", "--all", "--yes"]);
    assert_eq!((world.there.all("customers").len(), other.all("customers").len()), (1, 1));
    assert!(world.refused(&["service", "apply", "--all", "--yes", "--json"]).contains("name it"));
}
