//! What is counted from change to change is what is counted at once, and by the paths alone.

use std::collections::BTreeSet;

use git2::{ObjectType, Repository};
use proptest::{collection::btree_set, prelude::*, sample::select};

use super::*;
use crate::store::{
    Store,
    objects::{edits::Edits, pending::Objects},
};

const PATHS: [&str; 16] = [
    "space.json",
    "docs/a/b",
    "tiers/a.json",
    "tiers/a/b.json",
    "facilities/a/facility.json",
    "facilities/b/facility.json",
    "facilities/a/requirements/a.json",
    "members/00/0001/member.json",
    "members/00/0001/credentials/a.json",
    "members/00/0001/credentials/b/a/c",
    "members/00/0001/credentials/b/c",
    "members/00/0001/inductions/a.json",
    "members/00/0002/credentials/a.json",
    "members/01/0101/credentials/a.json",
    "members/01/0102/photos/a",
    "unmatched/2026/a.json",
];

fn write(store: &Store, paths: &BTreeSet<&str>) -> Oid {
    let (mut edits, mut objects) = (Edits::default(), Objects::default());
    let blob = objects.add(ObjectType::Blob, b"{}").unwrap();
    for path in paths {
        edits.set(path.as_bytes(), Some((Mode::File, blob)));
    }
    let tree = edits.write(store.database(), None, &mut objects).unwrap();
    let tree = tree.map_or_else(|| objects.add(ObjectType::Tree, &[]), Ok).unwrap();
    store.persist(&objects).unwrap();
    tree
}

fn extent(database: Database<'_>, former: Option<(Oid, Extent)>, tree: Oid) -> Extent {
    match Survey::of(database, former, tree) {
        Ok(survey) => survey.extent,
        Err(_) => panic!("it is in order"),
    }
}

/// Counts by the paths alone.
fn counted(paths: &BTreeSet<&str>) -> Extent {
    let mut folders = BTreeSet::from([""]);
    let mut entries = BTreeSet::new();
    let is_read = |path: &str| {
        let mut names = path.split('/');
        names.next() == Some("members")
            && matches!(names.nth(2), Some("credentials" | "inductions"))
            && names.next().is_some()
    };
    let mut read = BTreeSet::new();
    for path in paths {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        let mut above = "";
        for end in ends {
            let at = &path[..end];
            if above.is_empty() || record_path::holds(above) {
                entries.insert(at);
                folders.extend((end < path.len() && record_path::holds(at)).then_some(at));
            }
            read.extend(is_read(at).then_some(at));
            above = at;
        }
    }
    folders.retain(|it| !it.is_empty() || !paths.is_empty());
    let [folders, entries, read] = [folders, entries, read].map(|it| it.len() as u64);
    Extent { folders, entries, read }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_counted_does_not_depend_on_what_was_known(
        old in btree_set(select(&PATHS[..]), 0..16),
        new in btree_set(select(&PATHS[..]), 0..16),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(Repository::init_bare(dir.path()).unwrap());
        let (before, after) = (write(&store, &old), write(&store, &new));
        let database = store.database();
        let known = extent(database, None, before);
        prop_assert_eq!(known, counted(&old));
        prop_assert_eq!(extent(database, Some((before, known)), after), counted(&new));
        prop_assert_eq!(extent(database, None, after), counted(&new));
    }
}
