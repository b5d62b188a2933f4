//! `space merge-file`: what git runs to join a record that both sides changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use super::{CliError, Context};
use crate::{app::sync, domain::records::Records, store::Store};

/// The arguments of `space merge-file`: git's `%O %A %B %P`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The file with the version that both sides started from
    base: PathBuf,

    /// The file with our version; the result is written there
    ours: PathBuf,

    /// The file with their version
    theirs: PathBuf,

    /// The path of the record
    path: String,
}

/// Joins the three files. The exit code is not 0 if a person has to do it; then our version stays as
/// it is.
///
/// # Errors
/// Fails if a file cannot be read or written, or if the versions cannot be joined.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<ExitCode, CliError> {
    let read = |path: &Path| {
        fs::read(path).map_err(|error| CliError::internal(format!("{}: {error}", path.display())))
    };
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    // git also joins files where there is no space, or none yet.
    let store = Store::discover(Path::new(".")).ok();
    let head = store.as_ref().and_then(|store| store.read(store.head().ok()?).ok());
    let others = head.as_ref().map(|it| it as &dyn Records);
    let versions = [&*base, &ours, &theirs];
    let Some((joined, questions)) = sync::merge_file(&args.path, versions, others)? else {
        // Not a record: as git does it.
        let files = [&args.ours, &args.base, &args.theirs];
        let done = Command::new("git").arg("merge-file").args(files).status()?;
        return Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::from(1) });
    };
    fs::write(&args.ours, joined)
        .map_err(|error| CliError::internal(format!("{}: {error}", args.ours.display())))?;
    if questions.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    for question in &questions {
        ctx.warn(format!(
            "{}: {} got two values; the one that grants less stands; `space sync resolve` asks",
            question.path, question.field
        ))?;
    }
    let store = Store::discover(Path::new("."))?;
    let head = store.head()?;
    store.ask(questions, [head, head])?;
    Ok(ExitCode::SUCCESS)
}
