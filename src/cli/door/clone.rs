//! `space door clone`: clones a space for a door to decide by.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::look_up,
    cli::{CliError, Context, output::table},
    domain::model::CommitId,
    store::Store,
};

/// Shown below the options.
const EXAMPLES: &str = "\
A door's clone only follows the shared repository. Commands that write refuse to change it and say where
to write instead, and a push to it is refused.

Examples:
  space door clone git@server:space.git /var/lib/space/space.git

With --mirror the door's user needs no network: another user clones from the server and fetches, as
space-fetch.service does, and the door takes the commits from there:
  sudo -u space-fetch git clone --bare git@server:space.git /var/lib/space-fetch/mirror.git
  sudo -u space-door space door clone --mirror /var/lib/space-fetch/mirror.git /var/lib/space/space.git";

/// What was cloned.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Cloned {
    /// The folder.
    dir: PathBuf,
    /// The name of the space.
    space: String,
    /// The branch.
    branch: String,
    /// The newest commit.
    commit: CommitId,
}

/// The arguments of `space door clone`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shared repository, as a path or URL for git
    url: String,

    /// The URL is the path of a mirror on this machine: a bare clone that another user fetches into
    #[arg(long)]
    mirror: bool,

    /// The folder of the clone, new or empty
    dir: PathBuf,
}

/// Clones a space for a door: bare, on its branch, and read-only for commands.
///
/// # Errors
/// Fails if git cannot clone it, or if it is not a space.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = match args.mirror {
        true => Store::clone_from_mirror(Path::new(&args.url), &args.dir, ctx.now)?,
        false => Store::clone_for_door(&args.url, &args.dir, ctx.now)?,
    };
    let head = store.read(store.head()?)?;
    let (name, branch) = (look_up::space(&head)?.name, store.branch()?);
    let (dir, commit) = (args.dir.display(), head.id());
    if ctx.json {
        let answer = Cloned { dir: args.dir.clone(), space: name, branch, commit };
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!(
        "cloned {name} into {dir} for a door (commit {} on {branch})",
        commit.short()
    ))?;
    ctx.say(format!("next, bring its key: run `space key export --to space.key` on a machine that has it, then `space -C {dir} key import space.key` here"))
}
