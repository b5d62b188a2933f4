//! `space key import`: brings the key to another machine, whose door needs it to know anybody.

use std::{fs, io::Read as _, path::PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{init, look_up},
    cli::{CliError, Context},
    domain::model::SpaceKey,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space key import makers.key
  ssh server space -C makers.git key export | space key import";

/// The key that was imported.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Imported {
    /// The id of the key.
    id: String,
}

/// The arguments of `space key import`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The output of `space key export` [default: standard input]
    file: Option<PathBuf>,

    /// Replace a different key that is already here
    #[arg(long)]
    force: bool,
}

/// Stores the key with mode 0600 and installs the hooks, if the key is the one that this space's
/// codes were hashed with.
///
/// # Errors
/// Fails if the text is not a key, if the key belongs to another space, or if it would replace a
/// different one.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let mut text = String::new();
    match &args.file {
        Some(path) => {
            let cannot = |e| CliError::user(format!("cannot read {}: {e}", path.display()));
            text = fs::read_to_string(path).map_err(cannot)?;
        }
        None => {
            std::io::stdin().lock().read_to_string(&mut text)?;
        }
    }
    let key: SpaceKey = text.parse()?;
    let space = look_up::space(&store.read(store.head()?)?)?;
    if let Some(id) = space.key_id.filter(|id| *id != key.id() && !args.force) {
        return Err(CliError::user(format!(
            "this is key {}, but the codes of {} were hashed with key {id}",
            key.id(),
            space.name
        ))
        .hint("run `space key export --to space.key` on a machine that has the right key"));
    }
    if store.key().is_ok_and(|old| old != key) && !args.force {
        return Err(CliError::user("this machine already has another key")
            .hint("keep a copy of it (`space key export --to old.key`), then import this one with --force"));
    }
    store.set_key(&key)?;
    store.pin()?;
    // A clone has no hooks, and whoever imports the key is about to work in it.
    init::install_hooks(&store)?;
    if ctx.json {
        let answer = Imported { id: key.id() };
        return Ok(crate::cli::output::table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!("imported key {}", key.id()))
}
