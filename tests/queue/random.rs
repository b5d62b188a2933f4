//! Whatever is done in whatever order, a folder and memory give out the same messages.

use std::time::Duration;

use proptest::prelude::*;
use space::integrations::queue::{Folder, FolderOptions, Incoming, Memory, Outgoing, Queue};

use crate::conformance::{delete, leave, message, send};

/// Something that is done with a queue. Messages that were received are chosen by an index.
#[derive(Clone, Debug)]
enum Step {
    Send(usize),
    Receive(usize),
    Delete(prop::sample::Index),
    Leave(prop::sample::Index),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1..4_usize).prop_map(Step::Send),
        (1..4_usize).prop_map(Step::Receive),
        any::<prop::sample::Index>().prop_map(Step::Delete),
        any::<prop::sample::Index>().prop_map(Step::Leave),
    ];
    prop::collection::vec(step, 1..20)
}

/// A queue, what sends to it, and what was received from it.
struct Side {
    queue: Box<dyn Queue>,
    sender: Box<dyn Queue>,
    held: Vec<Incoming>,
}

impl Side {
    /// Does one step, and returns the bodies of what was received, with how often.
    fn does(&mut self, step: &Step, messages: &[Outgoing]) -> Vec<(Vec<u8>, u32)> {
        match step {
            Step::Send(_) => send(&*self.sender, messages),
            Step::Receive(most) => {
                let found = self.queue.receive(*most, Duration::ZERO).unwrap();
                let seen = found.iter().map(|it| (it.body.clone(), it.times_received)).collect();
                self.held.extend(found);
                return seen;
            }
            Step::Delete(at) if !self.held.is_empty() => {
                delete(&*self.queue, &[self.held.remove(at.index(self.held.len()))]);
            }
            Step::Leave(at) if !self.held.is_empty() => {
                leave(&*self.queue, &[self.held.remove(at.index(self.held.len()))]);
            }
            _ => {}
        }
        Vec::new()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn a_folder_is_like_memory(steps in steps()) {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let (ours, theirs) = Memory::pair();
        let folder = |a, b| Box::new(Folder::new(FolderOptions::new(at(a), at(b))));
        let mut memory =
            Side { queue: Box::new(ours), sender: Box::new(theirs), held: Vec::new() };
        let mut files = Side { queue: folder("a", "b"), sender: folder("b", "a"), held: Vec::new() };
        for step in steps {
            let count = if let Step::Send(count) = step { count } else { 0 };
            let messages: Vec<Outgoing> = (0..count).map(message).collect();
            prop_assert_eq!(files.does(&step, &messages), memory.does(&step, &messages));
        }
    }
}
