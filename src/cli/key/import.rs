//! `space key import`: what a second machine needs before its door knows anybody.

use std::{fs, io::Read as _, path::PathBuf};

use crate::{
    app::{init, look_up},
    cli::{CliError, Context},
    domain::model::Key,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space key import makers.key
  ssh server space -C makers.git key export | space key import";

/// The arguments of `space key import`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The file that `space key export` made; standard input where none is given
    file: Option<PathBuf>,

    /// Replace a different key that is already here
    #[arg(long)]
    force: bool,
}

/// Stores the key, mode 0600, and installs the hooks, if it is the one that this space's codes were hashed by.
///
/// # Errors
/// That the text is no key, is another space's, or would replace a different one.
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
    let key: Key = text.parse()?;
    let space = look_up::space(&store.read(store.head()?)?)?;
    if let Some(id) = space.key_id.filter(|id| *id != key.id() && !args.force) {
        return Err(CliError::user(format!(
            "this is key {}, but the codes of {} were hashed by key {id}",
            key.id(),
            space.name
        ))
        .hint("run `space key export` on the machine where the space was made"));
    }
    if store.key().is_ok_and(|old| old != key) && !args.force {
        return Err(CliError::user("another key is already here")
            .hint("keep a copy of it (`space key export`), then import with --force"));
    }
    store.set_key(&key)?;
    store.pin()?;
    // A clone comes without hooks, and whoever imports the key is about to work in it.
    init::install_hooks(&store)?;
    if ctx.json {
        let answer = serde_json::json!({ "id": key.id() });
        return Ok(crate::cli::output::table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!("key {} is in place", key.id()))
}
