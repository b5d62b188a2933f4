//! `space man`: prints or writes the manual pages, made from the same text as `--help`.

use std::{fs, io::Write as _, path::PathBuf};

use clap::Command;

use super::{CliError, Context};

/// The arguments of `space man`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Write a page for each command into this folder, instead of printing the page of `space`
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Prints the page of `space`, or writes all of them.
///
/// # Errors
/// Fails if the output or the folder cannot be written.
pub(super) fn run(ctx: &Context, args: Args, command: Command) -> Result<(), CliError> {
    let Some(dir) = args.to else {
        let mut out = ctx.out();
        clap_mangen::Man::new(command).render(&mut out)?;
        return Ok(out.flush()?);
    };
    let failed = |error| CliError::internal(format!("cannot write to {}: {error}", dir.display()));
    fs::create_dir_all(&dir).map_err(failed)?;
    clap_mangen::generate_to(command, &dir).map_err(failed)?;
    ctx.say(format!("manual pages written to {}; read one with `man -l FILE`", dir.display()))
}
