//! The cost of a durable change, as the kernel counts it below the file system.

use std::{fs, path::Path};

use space::store::{InitOptions, Store, json};

use crate::{
    disk::Disk,
    support::{ada, files, member, naming, now},
};

/// Flushes and bytes.
type Cost = (u64, u64);

fn of(disk: &Disk, root: &Path, what: impl FnOnce()) -> Cost {
    rustix::fs::syncfs(fs::File::open(root).unwrap()).unwrap();
    let before = disk.traffic();
    what();
    let after = disk.traffic();
    (after.flushes - before.flushes, after.bytes - before.bytes)
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_unstable();
    costs[costs.len() / 2]
}

#[test]
fn a_change_costs_at_most_four_flushes_and_three_times_a_file() {
    let Some(disk) = crate::disk() else { return };
    let root = disk.path().join("space");
    let mut all = files();
    for number in 3..=100 {
        let (place, record) = member(number, &format!("Member {number}"));
        all.push((place.to_string(), json::canonical(&record)));
    }
    let store = Store::init(&root, &all, &ada(), &InitOptions::default(), now()).unwrap();

    let (mut replacements, mut changes) = (Vec::new(), Vec::new());
    for round in 0..9 {
        replacements.push(of(&disk, &root, || {
            let (file, new) = (root.join("plain"), root.join("plain.new"));
            fs::write(&new, format!("{round}").repeat(400)).unwrap();
            fs::File::open(&new).unwrap().sync_all().unwrap();
            fs::rename(&new, &file).unwrap();
            fs::File::open(&root).unwrap().sync_all().unwrap();
        }));
        changes.push(of(&disk, &root, || {
            store
                .apply(&naming(1, &format!("Ada {round}")), store.head().unwrap(), &ada(), now())
                .unwrap();
        }));
    }
    let (replacement, change) = (median(replacements), median(changes));
    eprintln!("one file: {replacement:?}, a change: {change:?} (flushes, bytes)");
    assert!(change.0 <= 4, "{change:?}");
    assert!(change.1 <= 3 * replacement.1, "{change:?} against {replacement:?}");
}
