//! One open store for many threads: what each reads belongs to one commit, whatever is written.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use space::{
    domain::model::RecordPath,
    store::{Revision, Roster, Store},
};

use crate::support::{Fixture, id, naming};

const fn is_shared<T: Send + Sync>() {}

#[test]
fn a_store_a_revision_and_a_roster_can_be_shared_between_threads() {
    is_shared::<Store>();
    is_shared::<Revision<'_>>();
    is_shared::<Roster>();
}

#[test]
fn many_threads_read_while_one_writes() {
    const READERS: usize = 6;
    const CHANGES: usize = 40;
    let space = Fixture::bare();
    let (store, over, begun) = (&space.store, AtomicBool::new(false), Barrier::new(READERS + 1));
    let read = || {
        begun.wait();
        let mut seen = 0_usize;
        loop {
            let last = over.load(Ordering::Acquire);
            let revision = store.read(store.head().unwrap()).unwrap();
            let roster = revision.roster();
            let names = [1, 2].map(|number| {
                let folder = roster.get(id(number)).unwrap();
                // The roster and the record are of the same commit.
                let record = revision.record(&RecordPath::Member(id(number))).unwrap().unwrap();
                let member = folder.member.get().unwrap();
                assert_eq!(record, space::domain::model::Record::Member(member.clone()));
                member.name.clone()
            });
            // Each commit changes both names, so they are seen together.
            if let Some(round) = names[0].strip_prefix("Round ") {
                assert_eq!(names[1], format!("Round {round}"));
                let round: usize = round.parse().unwrap();
                assert!(round >= seen, "{round} after {seen}");
                seen = round;
            }
            if last {
                return seen;
            }
        }
    };
    let seen: Vec<usize> = thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(read)).collect();
        begun.wait();
        for round in 1..=CHANGES {
            let name = format!("Round {round}");
            let (path, record) = crate::support::member(2, &name);
            space.apply(&naming(1, &name).put(path, record));
        }
        over.store(true, Ordering::Release);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect()
    });
    assert_eq!(seen, [CHANGES; READERS]);
}
