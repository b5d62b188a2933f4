//! Only records become files.

use std::{fs, process::Command};

use crate::{
    raw::row,
    space_of_two::{MEMBER, Space, now},
};

/// What a commit says that is one of ours.
const OURS: &str = "member: add\n\nSpace-Change: member add";

#[test]
fn a_forged_commit_writes_no_file_but_records() {
    let space = Space::new(false);
    let root = space.dir.path();
    let outside = tempfile::tempdir().unwrap();
    fs::remove_dir_all(root.join("tiers")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), root.join("tiers")).unwrap();
    let raw = space.raw();
    let member = raw.tree(&[row("100644", "member.json", raw.blob(MEMBER))]);
    let tree =
        raw.edited(space.tree(), "members/00", &|rows| rows.push(row("40000", "0003", member)));
    let tree = raw.edited(tree, "tiers", &|rows| {
        rows.push(row("100644", "more.json", raw.blob(r#"{"name": "M", "price": null}"#)));
    });
    let tree = raw.edited(tree, "", &|rows| {
        let script = raw.blob("#!/bin/sh\n");
        rows.insert(0, row("100755", "Makefile", script));
        rows.insert(1, row("40000", "bin", raw.tree(&[row("100755", "x", script)])));
        rows.sort_by_key(|it| [&it.1[..], if it.0 == "40000" { b"/" } else { b"" }].concat());
    });
    raw.commit(tree, OURS);
    let new = root.join("members/00/0003/member.json");
    for reading in ["status", "check", "member list"] {
        let mut space = Command::new(env!("CARGO_BIN_EXE_space"));
        space.arg("-C").arg(root).args(reading.split(' ')).env_remove("SPACE_REPO");
        space.output().unwrap();
        assert!(!new.exists(), "{reading} reads, and writes nothing");
    }
    assert!(space.store().is_left_behind());
    space.store().repair(now()).unwrap();
    assert!(new.exists(), "what an interrupted command left is finished");
    for other in ["Makefile", "bin", "bin/x"] {
        assert!(!root.join(other).exists(), "{other}");
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "nor through a link");
}

#[test]
fn no_path_leads_out_of_the_space_or_into_git() {
    for (name, inner) in
        [("..", "led-astray"), (".git", "hooks"), (".GIT", "hooks"), ("a/../..", "led-astray")]
    {
        let space = Space::new(false);
        let raw = space.raw();
        let folder = raw.tree(&[row("100644", inner, raw.blob("x"))]);
        let tree = raw.edited(space.tree(), "", &|rows| rows.insert(0, row("40000", name, folder)));
        raw.commit(tree, OURS);
        assert!(space.store().repair(now()).is_err(), "{name}");
        assert!(!space.dir.path().join(".git/hooks").join(inner).exists());
        assert!(!space.dir.path().parent().unwrap().join(inner).exists(), "{name}");
    }
}
