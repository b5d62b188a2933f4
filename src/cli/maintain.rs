//! `space maintain`: the repository packed, so that reading stays quick.

use std::process::{Command, Stdio};

use super::{CliError, Context};
use crate::{clock, store::Store};

/// Shown below the options.
const MORE: &str = "\
Commands that write begin it by themselves, in the background, when much lies about. `git config
gc.auto 0` keeps them from it.";

/// The arguments of `space maintain`.
#[derive(clap::Args, Debug)]
#[command(after_help = MORE)]
pub(super) struct Args {
    /// Only where there is much to pack; say nothing
    #[arg(long)]
    auto: bool,
}

/// Packs the repository.
///
/// # Errors
/// What git says, or the disk.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    if args.auto {
        step_back();
        if store.wants_packing() {
            store.pack(ctx.now)?;
        }
        return Ok(());
    }
    if store.pack(ctx.now)? { ctx.say("packed") } else { ctx.say("another process is packing") }
}

/// Starts packing in the background if much lies about. A command that is done does not wait for
/// it, and nobody is told how it ends: the next command that writes sees whether it did.
pub(super) fn begin(store: &Store) {
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
    let _ = command.spawn(); // nothing depends on it
}

/// Lets everybody else go first, and outlives the terminal.
fn step_back() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid(); // refused where that is so already
        let _ = rustix::process::nice(10);
    }
}
