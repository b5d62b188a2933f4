//! Packs the repository in a separate process when it has many loose objects.

use std::process::{Command, Stdio};

use crate::{clock, store::Store};

/// Starts packing in the background if there are many loose objects. The command does not wait for
/// it or learn how it ends: the next command that writes sees whether packing is still needed.
pub fn begin(store: &Store) {
    // A pinned clock means a rehearsal, which must not start anything in the background.
    if clock::pinned().is_some() || !store.wants_packing() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = Command::new(program);
    command.arg("-C").arg(store.dir()).args(["maintain", "--auto"]).current_dir(store.dir());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // Nothing depends on the result, but a long-running program has to reap its child processes.
    if let Ok(mut packing) = command.spawn() {
        std::thread::spawn(move || packing.wait());
    }
}
