//! `space completions`: the script by which a shell completes commands, members and facilities.

use std::io::Write as _;

use clap::ValueEnum;
use clap_complete::env::{Bash, EnvCompleter, Fish, Zsh};

use super::{CliError, Context};

/// The arguments of `space completions`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Which shell
    shell: Shell,
}

/// The shells that are completed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Fish,
    Zsh,
}

/// Prints the script.
///
/// # Errors
/// Whatever the output answers.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let mut out = ctx.out();
    out.write_all(script(args.shell)?.as_bytes())?;
    Ok(out.flush()?)
}

/// Returns the script of a shell. It asks `space` itself at each completion, so names are current.
///
/// # Errors
/// Whatever the generator answers.
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
