//! Realistic spaces, made once and kept in `target/`: checked out, with a year of payments, their
//! objects either packed or in one file each.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use space::store::Store;

use crate::{large, ledger};

/// How a space is stored on the disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// Checked out, each object in a file: it grew and was never packed.
    Loose,
    /// Checked out, packed.
    Packed,
    /// Not checked out, packed: as at a door, or on a server.
    Bare,
}

/// Returns a space with the given number of members, each with a fob, contact data and twelve
/// payments, and some with an induction.
pub(crate) fn space(members: u64, layout: Layout) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data");
    let path = home.join(format!("{layout:?}-{members}").to_lowercase());
    if path.join(if layout == Layout::Bare { "ready" } else { ".git/ready" }).exists() {
        return path;
    }
    let _ = fs::remove_dir_all(&path); // half of one, or none
    let from = ledger::space(members);
    let mut clone = Command::new("git");
    clone
        .args(["clone", "-q", "--no-hardlinks"])
        .args((layout == Layout::Bare).then_some("--bare"));
    assert!(clone.arg(&from).arg(&path).status().unwrap().success(), "git clone");
    let git_dir = path.join(if layout == Layout::Bare { "." } else { ".git" });
    // It exists for the benches alone, and nothing may happen in the background.
    for (name, value) in [("user.name", "Ada"), ("user.email", "ada@example.org"), ("gc.auto", "0")]
    {
        git(&path, &["config", name, value]);
    }
    git(&path, &["remote", "remove", "origin"]);
    if layout == Layout::Loose {
        unpack(&path, &git_dir);
    }
    Store::open(&path).unwrap().set_key(&large::key()).unwrap();
    fs::write(git_dir.join("ready"), "").unwrap();
    path
}

/// Puts each object into a separate file.
fn unpack(path: &Path, git_dir: &Path) {
    for item in fs::read_dir(git_dir.join("objects/pack")).unwrap() {
        let pack = item.unwrap().path();
        let aside = git_dir.join(pack.file_name().unwrap());
        fs::rename(&pack, &aside).unwrap();
        if aside.extension().is_some_and(|it| it == "pack") {
            let mut unpack = Command::new("git");
            unpack.args(["unpack-objects", "-q"]).current_dir(path).stdout(Stdio::null());
            let done = unpack.stdin(fs::File::open(&aside).unwrap()).status();
            assert!(done.unwrap().success(), "git unpack-objects");
        }
        fs::remove_file(aside).unwrap();
    }
}

fn git(dir: &Path, args: &[&str]) {
    let done = Command::new("git").args(args).current_dir(dir).status();
    assert!(done.unwrap().success(), "git {args:?}");
}
