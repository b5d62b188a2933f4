//! `space maintain`: packs the repository, so that reading stays fast.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CliError, Context};

/// Shown below the options.
const NOTES: &str = "\
Commands that write start this in the background when there are many small files. `git config
gc.auto 0` turns that off.";

/// Whether the repository was packed.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Maintained {
    /// Not if another process is already packing.
    packed: bool,
}

/// The arguments of `space maintain`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(super) struct Args {
    /// Pack only if there is much to pack, and print nothing
    #[arg(long)]
    auto: bool,
}

/// Packs the repository.
///
/// # Errors
/// Fails if git fails, or the disk does.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    // A command that was interrupted may have left the files behind its commit. If they cannot be
    // repaired now, the next command that writes reports it.
    let _ = store.repair(ctx.now);
    if args.auto {
        lower_priority();
        if store.wants_packing() {
            store.pack(ctx.now)?;
        }
        return Ok(());
    }
    let packed = store.pack(ctx.now)?;
    if ctx.json {
        return Ok(super::output::table::write_json(&mut ctx.out(), &Maintained { packed })?);
    }
    if packed { ctx.say("packed") } else { ctx.say("another process is already packing") }
}

/// Lowers the priority of this process and detaches it from the terminal.
fn lower_priority() {
    #[cfg(unix)]
    {
        let _ = rustix::process::setsid(); // refused if it is detached already
        let _ = rustix::process::nice(10);
    }
}
