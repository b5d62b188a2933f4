//! Whoever brings a processor to agree is killed at each of its requests, and the next one goes on.

use space::{
    app::service,
    integrations::processor::{Fault, ProcessorKind},
};

use crate::{
    killed_at::killed_at,
    world::{BACK, KINDS, World, now},
};

/// Kills the command after a number of answered requests, when the next one has happened and is not
/// answered yet. Returns whether it came that far.
fn killed_after(world: &World, answered: usize) -> bool {
    let seen = world.there.watch();
    world.there.fail(std::iter::repeat_n(None, answered).chain([Some(Fault::Silent)]));
    let killed = killed_at(world.command(&["service", "apply", "--yes"]), seen, answered + 1);
    world.there.fail_no_more();
    killed
}

/// How many requests read all that there is.
const fn reads(kind: ProcessorKind) -> usize {
    match kind {
        ProcessorKind::Stripe => 2,
        ProcessorKind::GoCardless => 5,
    }
}

/// Everybody says by what to pay; what begins only then is not begun yet.
fn everybody_agrees(world: &World) {
    let store = world.store();
    let head = store.read(store.head().unwrap()).unwrap();
    let (mut follower, look) = world.look_at(&head, now());
    for wait in &look.plan.waits {
        let visit = service::visit(&look.wanted, wait.member, BACK, now()).unwrap();
        let page = follower.processor.link(&wait.account, &visit).unwrap();
        assert!(world.there.pay(&page), "{page}");
    }
}

#[test]
fn a_kill_at_any_request_is_picked_up_and_nothing_is_done_twice() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace", "Bob Noyce", "Cy Young"]);
        let reads = reads(kind);
        // Each of the last three kills is at the first account that is not there yet.
        for answered in (0..=reads).chain([reads, reads]) {
            assert!(killed_after(&world, answered), "{answered}");
        }
        world.apply();
        assert_eq!(world.there.all("customers").len(), 3);
        everybody_agrees(&world);
        if kind == ProcessorKind::GoCardless {
            for _ in 0..3 {
                assert!(killed_after(&world, reads), "a subscription begins");
            }
        }
        world.apply();
        assert_eq!(world.charged(), [2500; 3]);
        assert_eq!(world.there.taken().len(), 3);
        world.run(&["tier", "edit", "maker", "--price", "30"]);
        world.run(&["member", "leave", "cy", "--on", "2026-03-02"]);
        let kills = (reads..reads + 5).filter(|answered| killed_after(&world, *answered)).count();
        assert!(kills >= 2, "{kind:?}: {kills}");
        world.apply();
        assert_eq!(world.charged(), [3000; 2]);
        assert_eq!(world.apply(), [""; 0]);
        assert_eq!(world.there.all("subscriptions").len(), 3);
        // A card has been charged when she leaves; a direct debit was not sent to the bank yet.
        let taken = if kind == ProcessorKind::Stripe { 3 } else { 2 };
        assert_eq!(world.there.taken().len(), taken, "{kind:?}");
    }
}

/// All answers are lost until it is given up; then somebody asks again.
#[test]
fn what_happened_without_an_answer_is_found_again() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace"]);
        let read = std::iter::repeat_n(None, reads(kind));
        world.there.fail(read.chain([Some(Fault::Lost); 4]));
        let why = world.try_apply_at(now()).unwrap_err();
        assert!(why.contains("1 are left"), "{why}");
        assert!(world.run(&["service", "status"]).contains("does not answer"));
        // The list does not tell of the new account yet, as it happens with services that are copied
        // from place to place; the key is the same, and so is the account.
        world.there.fail([Some(Fault::Empty)]);
        assert_eq!(world.apply(), ["open 0001"]);
        assert_eq!(world.there.all("customers").len(), 1);
        assert_eq!(world.apply(), [""; 0]);
    }
}

/// What was taken is recorded once, whenever whoever asks for it is killed.
#[test]
fn a_kill_while_money_is_recorded_neither_loses_nor_repeats_it() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace", "Bob Noyce"]);
        world.apply();
        for at in 0..2 {
            world.there.charge(&world.customer(at), 2500, "GBP");
        }
        assert!(world.there.pay_out().is_some());
        let name = crate::world::name(kind);
        for answered in 0..3 {
            let seen = world.there.watch();
            let silent = Some(Fault::Silent);
            world.there.fail(std::iter::repeat_n(None, answered).chain([silent]));
            let _ = killed_at(world.command(&["service", "receive", name]), seen, answered + 1);
            world.there.fail_no_more();
        }
        world.run(&["service", "receive"]);
        let all: serde_json::Value =
            serde_json::from_str(&world.run(&["payment", "list", "--json"])).unwrap();
        assert_eq!(all.as_array().unwrap().len(), 2, "{kind:?}: {all}");
    }
}
