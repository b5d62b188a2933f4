//! The repository is packed by a process of its own when a change leaves much lying about.

use std::process::{Command, Stdio};

use crate::{clock, store::Store};

/// Starts packing in the background if much lies about. A command that is done does not wait for
/// it, and nobody is told how it ends: the next command that writes sees whether it did.
pub fn begin(store: &Store) {
    // With a pinned clock somebody rehearses, and wants nothing behind their back.
    if clock::pinned().is_some() || !store.wants_packing() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = Command::new(program);
    command.arg("-C").arg(store.dir()).args(["maintain", "--auto"]).current_dir(store.dir());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // Nothing depends on it; but a program that runs for long has to take note of its end.
    if let Ok(mut packing) = command.spawn() {
        std::thread::spawn(move || packing.wait());
    }
}
