//! Any bytes in the place of a file of the repository: an object, the index of a pack, a ref, the key,
//! the lock, a cache: `cargo +nightly fuzz run repository`.

#![no_main]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use space::store::{Author, InitOptions, Store, history::Query};

/// A small space, and the files in it that are replaced.
static SPACE: LazyLock<(PathBuf, Vec<(PathBuf, Vec<u8>)>)> = LazyLock::new(|| {
    let root = std::env::temp_dir().join(format!("space-fuzz-{}", std::process::id()));
    let author = Author { name: "Fuzz".into(), email: "fuzz@example.org".into() };
    let options = InitOptions { bare: true, ..InitOptions::default() };
    let files = space::app::init::template_files(true);
    let store = Store::init(&root, &files, &author, &options, Timestamp::UNIX_EPOCH);
    store.expect("the template makes a space");
    let packed = root.with_extension("packed");
    let copy = Command::new("cp").arg("-a").args([&root, &packed]).status();
    assert!(copy.expect("cp").success());
    let mut found = Vec::new();
    let git = Command::new("git").arg("-C").arg(&packed).args(["repack", "-adq"]).status();
    assert!(git.expect("git").success());
    for root in [&root, &packed] {
        collect(root, &mut found);
    }
    (root, found)
});

fn collect(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if !path.ends_with("config") {
            let bytes = fs::read(&path).expect("a file");
            found.push((path, bytes));
        }
    }
}

fn read(root: &Path) {
    let Ok(store) = Store::open(root) else { return };
    let _ = (store.key(), store.log(&Query::default()), store.check_packs());
    let Ok(revision) = store.head().and_then(|head| store.read(head)) else { return };
    let _ = (revision.members(|it| it.id), revision.basis(), revision.unsound());
}

fuzz_target!(|input: (u16, u16, bool, &[u8])| {
    let (which, at, whole, bytes) = input;
    let (root, files) = &*SPACE;
    let (path, known) = &files[usize::from(which) % files.len()];
    let mut new = known.clone();
    if whole {
        new = bytes.to_vec();
    } else {
        // A few bytes of it, or what comes after them is lost.
        let at = usize::from(at) % (new.len() + 1);
        if bytes.is_empty() {
            new.truncate(at);
        }
        for (to, from) in new[at..].iter_mut().zip(bytes) {
            *to = *from;
        }
    }
    let _ = fs::remove_file(path); // git makes objects read-only
    fs::write(path, &new).expect("the file can be written");
    let root = if path.starts_with(root) { root.clone() } else { root.with_extension("packed") };
    read(&root);
    let _ = fs::remove_file(path);
    fs::write(path, known).expect("the file can be written");
});
