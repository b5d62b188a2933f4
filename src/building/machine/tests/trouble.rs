//! Letters and trouble, told once.

use std::sync::Arc;

use super::{World, activity, plan, told};
use crate::{
    building::machine::{Effect, Input},
    domain::model::{AlarmKind, Reason},
};

#[test]
fn a_letter_that_cannot_be_sent_is_tried_again_and_after_a_restart_nothing_is_told_twice() {
    let mut world = World::new();
    let effects = world.tell(Input::Activities(vec![activity(Reason::ForcedOpen, 0)]));
    let letter = |effects: &[Effect]| {
        effects.iter().find_map(|it| match it {
            Effect::Mail(letter) => Some(letter.clone()),
            _ => None,
        })
    };
    let first = letter(&effects).unwrap();
    assert_eq!(letter(&world.all(100)), None, "it is on its way");
    let failed = world.tell(Input::Mailed(first.clone(), Err("the server is down".into())));
    assert!(told(&failed)[0].contains("the server is down"));
    assert_eq!(letter(&world.all(299)), None);
    assert_eq!(letter(&world.pass(1)), Some(first.clone()));
    let effects = world.tell(Input::Mailed(first, Ok(())));
    let remembered = effects.iter().find_map(|it| match it {
        Effect::Remember(board) => Some(board.clone()),
        _ => None,
    });
    let mut again = World::lonely(remembered.unwrap());
    again.now = world.now;
    again.tell(Input::Plan(Arc::new(plan())));
    let effects = again.tell(Input::Activities(vec![activity(Reason::ForcedOpen, again.now)]));
    assert_eq!((letter(&effects), told(&effects)), (None, vec![]));
    assert_eq!(again.machine.alarms(AlarmKind::DoorForced), 1);
}

#[test]
fn trouble_is_told_once_and_shown_until_it_is_over() {
    let mut world = World::new();
    let trouble = |words: Option<&str>| Input::Trouble("doors", words.map(str::to_owned));
    assert_eq!(told(&world.tell(trouble(Some("no door listens")))), ["no door listens"]);
    assert_eq!(told(&world.tell(trouble(Some("no door listens")))), [""; 0]);
    let shown = |effects: Vec<Effect>| {
        effects.into_iter().rev().find_map(|it| match it {
            Effect::Show(state) => Some(*state),
            _ => None,
        })
    };
    assert_eq!(shown(world.all(31)).unwrap().trouble, ["no door listens"]);
    world.tell(trouble(None));
    assert_eq!(shown(world.all(31)).unwrap().trouble, [""; 0]);
}
