//! Whoever brings a processor to agree is killed at each of its requests, and the next one goes on.

use space::integrations::processor::Fault;

use crate::{
    killed_at::killed_at,
    world::{World, now},
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

#[test]
fn a_kill_at_any_request_is_picked_up_and_nothing_is_done_twice() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    // Two requests read; each of the next three kills is at the first account that is not there yet.
    for answered in [0, 1, 2, 2, 2] {
        assert!(killed_after(&world, answered), "{answered}");
    }
    world.apply();
    assert_eq!(world.there.all("customers").len(), 3);
    world.everybody_pays();
    assert_eq!(world.charged(), [2500; 3]);
    world.run(&["tier", "edit", "maker", "--price", "30"]);
    world.run(&["member", "leave", "cy", "--on", "2026-03-02"]);
    let kills = (2..7).filter(|answered| killed_after(&world, *answered)).count();
    assert!(kills >= 3, "{kills}");
    world.apply();
    assert_eq!(world.charged(), [3000; 2]);
    assert_eq!(world.apply(), [""; 0]);
    assert_eq!(world.there.all("subscriptions").len(), 3);
    assert_eq!(world.there.all("charges").len(), 3);
}

/// All answers are lost until it is given up; then somebody asks again.
#[test]
fn what_happened_without_an_answer_is_found_again() {
    let world = World::new(&["Ada Lovelace"]);
    world.there.fail([None, None].into_iter().chain([Some(Fault::Lost); 4]));
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
