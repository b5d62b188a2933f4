//! Folders in which no records lie are not looked into, however many they are and however deep.

use std::process::Command;

use git2::Oid;
use space::domain::model::FindingCode;

use crate::{
    raw::{Raw, row},
    space_of_two::{ADA, GRACE, Space, enters, id, now, outcome},
};

/// Writes a folder with two folders in it that are one, and so on: a hundred objects, and more paths
/// than anybody has time for.
fn bomb(raw: Raw<'_>) -> Oid {
    let mut tree = raw.tree(&[row("100644", "x.json", raw.blob("{}"))]);
    for _ in 0..100 {
        tree = raw.tree(&[row("40000", "a", tree), row("40000", "b", tree)]);
    }
    tree
}

/// Writes a folder in a folder in a folder.
fn shaft(raw: Raw<'_>) -> Oid {
    let mut tree = raw.tree(&[row("100644", "x.json", raw.blob("{}"))]);
    for _ in 0..2_000 {
        tree = raw.tree(&[row("40000", "a", tree)]);
    }
    tree
}

fn space(space: &Space, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
    command.arg("-C").arg(space.dir.path()).args(args).env_remove("SPACE_REPO");
    let output = command.output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn what_lies_beside_the_records_costs_nothing() {
    for make in [bomb, shaft] {
        let space = Space::new(false);
        let old = space.head();
        let mut running = space.follower();
        running.poll(now());
        let folder = make(space.raw());
        let new = space.edit("", &|rows| {
            rows.push(row("40000", "docs", folder));
            rows.sort_by_key(|it| [&it.1[..], if it.0 == "40000" { b"/" } else { b"" }].concat());
        });
        assert_eq!(space.gate(old), [vec![], vec![]]);
        for follower in [&mut running, &mut space.follower()] {
            let index = outcome(follower.poll(now())).0.unwrap();
            assert_eq!(index.commit(), id(new));
            assert!(enters(&index, ADA).0);
        }
        assert!(!self::space(&space, &["status"]).contains("docs"));
        assert!(self::space(&space, &["check"]).contains("0 errors"));
        assert!(self::space(&space, &["log", "--json"]).contains(&new.to_string()[..7]));
        // Something else that is changed is a change of its own.
        let last = space.edit("docs", &|rows| rows.push(row("100644", "c", space.raw().blob("c"))));
        assert_eq!(space.store().changed_by(id(last)).unwrap().len(), 1);
        assert_eq!(space.gate(new), [vec![], vec![]]);
    }
}

#[test]
fn what_lies_among_the_records_is_told_and_not_looked_into() {
    for make in [bomb, shaft] {
        for path in ["members/00/0001", "tiers", "facilities/door/requirements"] {
            let space = Space::new(true);
            let old = space.head();
            let mut running = space.follower();
            running.poll(now());
            let folder = make(space.raw());
            let new = space.edit(path, &|rows| rows.push(row("40000", "x", folder)));
            for findings in space.gate(old) {
                let found: Vec<_> = findings.iter().map(|it| (it.code, it.path.as_str())).collect();
                assert_eq!(found, [(FindingCode::Misplaced, &*format!("{path}/x"))]);
            }
            for follower in [&mut running, &mut space.follower()] {
                let index = outcome(follower.poll(now())).0.unwrap();
                assert_eq!(index.commit(), id(new), "{path}");
                let shut = path.starts_with("facilities");
                assert_eq!(enters(&index, GRACE).0, !shut, "{path}");
            }
        }
    }
}
