//! `space completions`: prints the script that lets a shell complete commands, members and so on.

use std::io::Write as _;

use clap::ValueEnum;
use clap_complete::env::{Bash, EnvCompleter, Fish, Zsh};

use super::{CliError, Context};

/// The arguments of `space completions`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// The supported shells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Fish,
    Zsh,
}

/// Prints the script.
///
/// # Errors
/// Fails if the output cannot be written.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let mut out = ctx.out();
    out.write_all(script(args.shell)?.as_bytes())?;
    Ok(out.flush()?)
}

/// Returns the script for a shell. It asks `space` at each completion, so names are current.
///
/// # Errors
/// Fails if the generator does.
pub(super) fn script(shell: Shell) -> Result<String, CliError> {
    let mut script = Vec::new();
    let completer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Fish => &Fish,
        Shell::Zsh => &Zsh,
    };
    completer.write_registration("COMPLETE", "space", "space", "space", &mut script)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}
