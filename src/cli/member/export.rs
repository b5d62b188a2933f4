//! `space member export`: exports everything that is held about one person.

use std::{io::Write as _, path::PathBuf};

use crate::{
    app::{journals, look_up, member_export::member_export},
    cli::{
        CliError, Context,
        output::{
            Progress,
            file::{self, Readers},
            table,
        },
    },
    store::Store,
};

/// Shown below the options.
const NOTES: &str = "\
The output is JSON: the current records, what other records say (unmatched transactions, remembered
payers, inductions they gave), what happened at the doors of this machine, letters that this machine
keeps as files, who changed what about them (with every former value), and the commits that they made
themselves, by name or e-mail address. Codes of fobs and passcodes are stored only as keyed hashes.

Examples:
  space member export ada -o ada.json";

/// The arguments of `space member export`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The member: a number, a name, or the beginning of a name
    #[arg(add = crate::cli::input::completion::members())]
    member: String,

    /// Write to this file, which only you can read, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Exports everything that is held about a member.
///
/// # Errors
/// Fails if no member matches, or if the history or the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    // Include somebody whose own record is gone, as long as the folder exists.
    let id = look_up::folder(&space.head, &args.member)?.0.id;
    outside(space.store, args)?;
    let progress = Progress::new("collecting");
    let folder = journals::folder(space.store)?;
    let all = member_export(space.store, &space.head, id, &folder, ctx.now)?;
    drop(progress);
    let mut bytes = Vec::new();
    table::write_json(&mut bytes, &all)?;
    match &args.output {
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(&bytes)?;
            Ok(out.flush()?)
        }
        Some(path) => {
            file::replace(path, &bytes, Readers::Owner).map_err(|error| {
                CliError::internal(format!("cannot write {}: {error}", path.display()))
            })?;
            ctx.wrote(path)
        }
    }
}

/// Refuses to write personal data where it may be committed.
fn outside(store: &Store, args: &Args) -> Result<(), CliError> {
    let (Some(path), Some(data)) = (&args.output, store.workdir()) else { return Ok(()) };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(std::path::Path::new(".")).canonicalize();
    let inside = folder.ok().zip(data.canonicalize().ok());
    if inside.is_some_and(|(folder, data)| folder.starts_with(data)) {
        return Err(CliError::user(format!("{} is inside the data folder", path.display()))
            .hint("name a place outside, so that personal data is not committed a second time"));
    }
    Ok(())
}
