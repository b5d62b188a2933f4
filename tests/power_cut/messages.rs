//! Messages that go out through a folder on a small disk: their cost, and power cuts.

use std::{fs, path::Path};

use space::integrations::queue::{Folder, FolderOptions, Outgoing, Queue as _};

use crate::{disk::Disk, support::now};

fn message(number: usize) -> Outgoing {
    Outgoing {
        id: format!("{number:06}"),
        group: "frontdoor".into(),
        body: format!("{{\"number\":{number},\"text\":\"{}\"}}", "x".repeat(200)),
    }
}

fn open(folder: &Path) -> Folder {
    Folder::new(FolderOptions::new(folder.join("in"), folder.join("out")))
}

fn send(queue: &Folder, numbers: std::ops::Range<usize>) {
    let messages: Vec<Outgoing> = numbers.map(message).collect();
    assert!(queue.send(&messages, now()).iter().all(Result::is_ok));
}

/// A few go file by file, many by one flush of the whole disk.
#[test]
fn what_was_sent_survives_a_power_cut_and_is_whole() {
    let Some(disk) = crate::disk() else { return };
    let queue = open(disk.path().as_path());
    let mut next = 0;
    for burst in [1, 1, 3, 100, 600, 2] {
        send(&queue, next..next + burst);
        next += burst;
        let copy: Disk = disk.copy();
        let out = copy.path().join("out");
        for number in 0..next {
            let path = out.join(format!("{number:06}@frontdoor.json"));
            let text = fs::read_to_string(&path);
            assert!(text.is_ok_and(|it| it == message(number).body), "{number} after {next}");
        }
        // It works on, and what was on its way is out of the way.
        send(&open(copy.path().as_path()), next..next + 1);
        let left = fs::read_dir(&out).unwrap().filter(|it| it.as_ref().unwrap().path().is_dir());
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn many_messages_cost_as_many_flushes_as_one() {
    let Some(disk) = crate::disk() else { return };
    let queue = open(disk.path().as_path());
    let cost = |numbers: std::ops::Range<usize>| {
        rustix::fs::syncfs(fs::File::open(disk.path()).unwrap()).unwrap();
        let before = disk.traffic();
        send(&queue, numbers);
        disk.traffic().flushes - before.flushes
    };
    cost(0..1); // makes the folders
    let (one, some, many) = (cost(1..2), cost(10..110), cost(1000..1600));
    assert!(one <= 4 && some <= 4 && many <= 6, "{one}, {some}, {many} flushes");
}
