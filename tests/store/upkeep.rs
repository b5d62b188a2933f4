//! Packing: while others write, killed half-way, and never with a loss.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    thread,
    time::{Duration, SystemTime},
};

use space::{domain::model::Change, store::Store};

use crate::support::{Fixture, ada, member, naming, now, rehearsing};

const WHERE: &str = "SPACE_PACK_CHILD";

fn packs(space: &Fixture) -> usize {
    let listed = fs::read_dir(space.path().join(".git/objects/pack")).unwrap();
    listed
        .filter(|it| it.as_ref().unwrap().path().extension().is_some_and(|it| it == "pack"))
        .count()
}

fn loose(space: &Fixture) -> String {
    let counts = space.git(&["count-objects", "-v"]);
    counts.lines().next().unwrap().to_owned()
}

#[test]
fn all_is_packed_and_what_nothing_names_is_kept() {
    let space = Fixture::new();
    let file = space.path().join("nobody's");
    fs::write(&file, "not named by any commit").unwrap();
    let blob = space.git(&["hash-object", "-w", file.to_str().unwrap()]);
    fs::remove_file(file).unwrap();
    assert!(space.store.pack(now()).unwrap());
    assert_eq!((loose(&space).as_str(), packs(&space)), ("count: 0", 1));
    assert_eq!(space.git(&["cat-file", "-t", blob.trim()]), "blob\n");
    // This handle was opened earlier, and both it and the files continue.
    space.apply(&naming(1, "Ada King"));
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
    space.assert_clean();
    assert!(space.store.pack(now()).unwrap());
    assert_eq!(space.name_of(1).as_deref(), Some("Ada King"));
}

#[test]
fn nothing_is_lost_while_others_write_and_read() {
    let space = Fixture::new();
    let (done, path) = (AtomicBool::new(false), space.path());
    let open = || rehearsing(Store::open(path).unwrap());
    let rounds = thread::scope(|scope| {
        let packing = || {
            let store = open();
            let mut rounds = 0;
            while !done.load(SeqCst) {
                rounds += usize::from(store.pack(now()).unwrap());
            }
            rounds
        };
        let [one, other] = [scope.spawn(packing), scope.spawn(packing)];
        let reader = scope.spawn(|| {
            let store = open();
            while !done.load(SeqCst) {
                let revision = store.read(store.head().unwrap()).unwrap();
                let (_, findings) = revision.members(|it| it);
                assert_eq!(findings, [], "while it is packed");
            }
        });
        let store = open();
        for number in 100..160 {
            let (place, record) = member(number, &format!("Member {number}"));
            let base = store.head().unwrap();
            store.apply(&Change::new("x", "x").put(place, record), base, &ada(), now()).unwrap();
        }
        done.store(true, SeqCst);
        reader.join().unwrap();
        one.join().unwrap() + other.join().unwrap()
    });
    assert!(rounds > 1, "it was packed {rounds} times");
    for number in 100..160 {
        assert_eq!(space.name_of(number), Some(format!("Member {number}")));
    }
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
}

/// The process that is killed: does nothing unless started as one.
#[test]
fn child() {
    let Ok(root) = std::env::var(WHERE) else { return };
    let store = rehearsing(Store::open(Path::new(&root)).unwrap());
    loop {
        store.pack(now()).unwrap();
        for name in ["Grace", "Amazing Grace"] {
            let base = store.head().unwrap();
            // The other process writes too, and is entitled to go first.
            let _ = store.apply(&naming(2, name), base, &ada(), now());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_kill_half_way_loses_nothing() {
    use std::os::unix::process::CommandExt as _;
    let space = Fixture::new();
    for round in 0..12 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "upkeep::child"]).env(WHERE, space.path()).process_group(0);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // What runs in the meantime takes a while, each time a little longer.
        for number in 0..round {
            let text = format!("{round} {number}");
            let (place, record) = member(1_000 + round, &text);
            let change = Change::new("x", "x").put(place, record);
            let store = space.open();
            store.apply(&change, store.head().unwrap(), &ada(), now()).unwrap();
        }
        let group = format!("-{}", child.id());
        assert!(Command::new("kill").args(["-9", "--", &group]).status().unwrap().success());
        child.wait().unwrap();
        space.git(&["fsck", "--full", "--strict"]);
        if round > 0 {
            assert_eq!(space.name_of(1_000 + round), Some(format!("{round} {}", round - 1)));
        }
    }
    // The lock died with its holder, and the remains of the work do no harm.
    assert!(space.store.pack(now()).unwrap());
    space.store.repair(now()).unwrap();
    space.apply(&naming(1, "Ada King"));
    space.git(&["fsck", "--full", "--strict"]);
    space.assert_clean();
}

#[test]
fn the_remains_of_a_killed_packing_are_removed_after_a_day() {
    let space = Fixture::new();
    let folder = space.path().join(".git/objects/pack");
    fs::create_dir_all(&folder).unwrap();
    let moment = SystemTime::from(now());
    let day = Duration::from_secs(24 * 3600);
    for (name, written) in [
        ("tmp_pack_old", moment - day - Duration::from_secs(1)),
        (".tmp-4711-pack-old.pack", moment - 2 * day),
        ("tmp_pack_new", moment - day + Duration::from_secs(1)),
        ("pack-old.keep", moment - 2 * day),
    ] {
        fs::write(folder.join(name), "x").unwrap();
        let file = fs::File::options().write(true).open(folder.join(name)).unwrap();
        file.set_modified(written).unwrap();
    }
    space.store.pack(now()).unwrap();
    let there = ["tmp_pack_old", ".tmp-4711-pack-old.pack", "tmp_pack_new", "pack-old.keep"]
        .map(|name| folder.join(name).exists());
    assert_eq!(there, [false, false, true, true]);
}

#[test]
fn packing_is_wanted_with_many_loose_objects_unless_switched_off() {
    let space = Fixture::new();
    assert!(!space.store.wants_packing());
    let folder = space.path().join(".git/objects/17");
    fs::create_dir_all(&folder).unwrap();
    let name = |number: usize| folder.join(format!("{number:038}"));
    let count = fs::read_dir(&folder).unwrap().count();
    (count..7).for_each(|number| fs::write(name(number), "x").unwrap());
    fs::write(folder.join("tmp_obj_x"), "x").unwrap();
    assert!(!space.store.wants_packing());
    fs::write(name(7), "x").unwrap();
    assert!(space.store.wants_packing());
    for (setting, off) in [("gc.auto", "0"), ("maintenance.auto", "false")] {
        space.git(&["config", setting, off]);
        assert!(!space.open().wants_packing(), "{setting}");
        space.git(&["config", "--unset", setting]);
    }
    fs::remove_dir_all(folder).unwrap();
    let folder = space.path().join(".git/objects/pack");
    (0..20).for_each(|number| fs::write(folder.join(format!("pack-{number}.pack")), "").unwrap());
    assert!(space.open().wants_packing());
}

#[test]
fn one_at_a_time() {
    let space = Fixture::new();
    let lock = fs::File::create(space.path().join(".git/space/packing")).unwrap();
    lock.lock().unwrap();
    assert!(!space.store.pack(now()).unwrap());
    assert_eq!(packs(&space), 0);
    drop(lock);
    assert!(space.store.pack(now()).unwrap());
}
