//! `space maintain`: the repository packed, so that reading stays quick.

use super::{CliError, Context};

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
    // A command that was interrupted may have left the files behind its commit. Where they cannot be
    // mended now, whoever writes next will say so.
    let _ = store.repair(ctx.now);
    if args.auto {
        step_back();
        if store.wants_packing() {
            store.pack(ctx.now)?;
        }
        return Ok(());
    }
    if store.pack(ctx.now)? { ctx.say("packed") } else { ctx.say("another process is packing") }
}

/// Lets everybody else go first, and outlives the terminal.
fn step_back() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid(); // refused where that is so already
        let _ = rustix::process::nice(10);
    }
}
