//! A tree is read exactly if git would have written it.

use proptest::{prelude::*, sample::select};

use super::*;

type Given = (&'static str, Vec<u8>, u8);

/// Writes a tree as it is given, whatever git would say of it.
fn raw(entries: &[Given]) -> Vec<u8> {
    let one = |(mode, name, id): &Given| [mode.as_bytes(), b" ", name, b"\0", &[*id; 20]].concat();
    entries.iter().flat_map(one).collect()
}

fn read(entries: &[(&'static str, &str)]) -> Result<Tree, String> {
    let one = |(mode, name): &(&'static str, &str)| (*mode, name.as_bytes().to_vec(), 7);
    Tree::read(raw(&entries.iter().map(one).collect::<Vec<_>>()))
}

#[test]
fn what_git_would_not_have_written_is_not_read() {
    for (entries, said) in [
        (&[("777", "a")][..], "`777` is not a mode"),
        (&[("100664", "a")], "`100664` is not a mode"),
        (&[("040000", "a")], "`040000` is not a mode"),
        (&[("", "a")], "`` is not a mode"),
        (&[("100644", "b"), ("100644", "a")], "`a` does not stand where git sorts it"),
        (&[("40000", "a"), ("100644", "a.b")], "`a.b` does not stand"),
        (&[("100644", "a"), ("100644", "a")], "the name `a` is there twice"),
        (&[("40000", "a"), ("40000", "a")], "the name `a` is there twice"),
        (&[("100644", "a"), ("40000", "a")], "the name `a` is there twice"),
        (&[("100644", "a"), ("100644", "a-b"), ("40000", "a")], "the name `a` is there twice"),
        (
            &[("160000", "a"), ("100644", "a-"), ("40000", "a-b"), ("40000", "a")],
            "the name `a` is there twice",
        ),
        (&[("40000", "")], "the name `` cannot be used"),
        (&[("40000", ".")], "the name `.` cannot be used"),
        (&[("40000", "..")], "the name `..` cannot be used"),
        (&[("40000", "a/b")], "the name `a/b` cannot be used"),
        (&[("40000", ".Git")], "the name `.Git` cannot be used"),
        (&[("40000", "GIT~1")], "the name `GIT~1` cannot be used"),
    ] {
        let refused = read(entries).unwrap_err();
        assert!(refused.starts_with(said), "{entries:?}: {refused}");
    }
}

#[test]
fn a_tree_that_is_cut_off_is_not_read() {
    let whole = raw(&[("100644", b"a".to_vec(), 1), ("40000", b"b".to_vec(), 2)]);
    let first = raw(&[("100644", b"a".to_vec(), 1)]).len();
    for end in 0..whole.len() {
        let cut = Tree::read(whole[..end].to_vec());
        assert_eq!(cut.is_ok(), end == 0 || end == first, "{end}");
    }
    assert_eq!(Tree::read(whole).unwrap().entries().count(), 2);
}

#[test]
fn every_mode_of_git_is_read() {
    let tree =
        read(&[("100644", "a"), ("100755", "b"), ("120000", "c"), ("160000", "d"), ("40000", "e")]);
    let tree = tree.unwrap();
    let modes: Vec<Mode> = tree.entries().map(|entry| entry.mode).collect();
    let all = [Mode::File, Mode::Executable, Mode::Link, Mode::Module, Mode::Folder];
    assert_eq!(modes, all);
}

/// What git makes of the same entries: it takes the last of one name, and sorts.
fn by_git(entries: &[Given]) -> Option<Vec<u8>> {
    thread_local! {
        static DIR: tempfile::TempDir = tempfile::tempdir().unwrap();
    }
    let repo = DIR.with(|dir| {
        let known = git2::Repository::open_bare(dir.path());
        known.or_else(|_| git2::Repository::init_bare(dir.path())).unwrap()
    });
    let mut tree = repo.treebuilder(None).unwrap();
    for (mode, name, id) in entries {
        let mode = i32::from_str_radix(mode, 8).ok()?;
        let id = Oid::from_bytes(&[*id; 20]).unwrap();
        tree.insert(&name[..], id, mode).ok()?;
    }
    let id = tree.write().ok()?;
    Some(repo.odb().unwrap().read(id).unwrap().data().to_vec())
}

fn entry() -> impl Strategy<Value = Given> {
    let mode = select(&["100644", "100755", "40000", "120000", "100664", "777"][..]);
    let name = select(&["a", "a-b", "a.b", "a0", "b", "..", ".git", ""][..]);
    (mode, name, 1_u8..3).prop_map(|(mode, name, id)| (mode, name.as_bytes().to_vec(), id))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn just_what_git_writes_is_read(entries in proptest::collection::vec(entry(), 0..5)) {
        git2::opts::strict_object_creation(false);
        let bytes = raw(&entries);
        let canonical = by_git(&entries).is_some_and(|it| it == bytes);
        prop_assert_eq!(Tree::read(bytes).is_ok(), canonical, "{:?}", entries);
    }
}
