//! `space man`: prints or writes the manual pages, made from the same text as `--help`.

use std::{
    fs,
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
    process::{Command as Process, Stdio},
};

use clap::Command;

use super::{CliError, Context};

/// The arguments of `space man`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Write a page for each command into this folder, instead of showing the page of `space`
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Opens the page of `space` at a terminal, prints it elsewhere, or writes all of them.
///
/// # Errors
/// Fails if the output or the folder cannot be written.
pub(super) fn run(ctx: &Context, args: Args, command: Command) -> Result<(), CliError> {
    let Some(dir) = args.to else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        if std::io::stdout().is_terminal() && open(&page) {
            return Ok(());
        }
        let mut out = ctx.out();
        out.write_all(&page)?;
        return Ok(out.flush()?);
    };
    let failed = |error| CliError::internal(format!("cannot write to {}: {error}", dir.display()));
    fs::create_dir_all(&dir).map_err(failed)?;
    clap_mangen::generate_to(command, &dir).map_err(failed)?;
    ctx.say(format!("manual pages written to {}; read one with `man -l FILE`", dir.display()))
}

/// Has `man` show a page as any other; tells whether that worked.
fn open(page: &[u8]) -> bool {
    let shown = || -> std::io::Result<bool> {
        let mut man = Process::new("man").args(["-l", "-"]).stdin(Stdio::piped()).spawn()?;
        if let Some(mut to) = man.stdin.take() {
            to.write_all(page)?;
        }
        Ok(man.wait()?.success())
    };
    // Without a `man` the page is printed as it is.
    shown().unwrap_or(false)
}
