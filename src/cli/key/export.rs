//! `space key export`: writes the key as 64 hexadecimal digits, to a private file or to a program.

use std::{
    fs,
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::{CliError, Context, output::table};

/// A key.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Exported {
    /// The key, unless it was written to a file.
    key: Option<String>,
    /// The id of the key.
    id: String,
    /// The file that it was written to.
    file: Option<PathBuf>,
}

/// The arguments of `space key export`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Write it to this new file, which only you may read
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// Prints the key, or writes it to a file.
///
/// # Errors
/// Fails if there is no key here, or if the file exists or cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let key = ctx.store()?.key()?;
    if let Some(path) = &args.to {
        let failed = |error: io::Error| {
            let path = path.display();
            let message = match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    format!("{path} already exists, and a key is never written over a file")
                }
                _ => format!("cannot write {path}: {error}"),
            };
            CliError::user(message)
                .hint("name a file that does not exist yet, in a folder that you may write")
        };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        writeln!(file, "{}", key.to_hex()).and_then(|()| file.sync_all()).map_err(failed)?;
        if ctx.json {
            let answer = Exported { key: None, id: key.id(), file: Some(path.clone()) };
            return Ok(table::write_json(&mut ctx.out(), &answer)?);
        }
        return ctx.say(format!("wrote the key to {}; keep it in a safe place", path.display()));
    }
    if io::stdout().is_terminal() {
        writeln!(
            anstream::stderr().lock(),
            "Keep this key secret: with it and a copy of the data one can find out every fob and passcode."
        )?;
    }
    let mut out = ctx.out();
    if ctx.json {
        let answer = Exported { key: Some(key.to_hex()), id: key.id(), file: None };
        table::write_json(&mut out, &answer)?;
    } else {
        writeln!(out, "{}", key.to_hex())?;
    }
    Ok(out.flush()?)
}
