//! `space door clone`: the copy of the records by which a door decides.

use std::path::PathBuf;

use crate::{
    app::look_up,
    cli::{CliError, Context, output::table},
    store::Store,
};

/// Shown below the options.
const EXAMPLES: &str = "\
A door's clone only follows: commands that write say where to write instead, and a push to it is
refused.

Examples:
  space door clone git@server:space.git /var/lib/space/space.git";

/// The arguments of `space door clone`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shared repository, as git writes its address
    url: String,

    /// The folder of the clone, new or empty
    dir: PathBuf,
}

/// Clones a space for a door: bare, on its branch, and read-only for commands.
///
/// # Errors
/// That git cannot clone it, or that it is no space.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = Store::clone_for_door(&args.url, &args.dir)?;
    let head = store.read(store.head()?)?;
    let (name, branch) = (look_up::space(&head)?.name, store.branch()?);
    let (dir, commit) = (args.dir.display(), head.id());
    if ctx.json {
        let answer = serde_json::json!({
            "dir": args.dir, "space": name, "branch": branch, "commit": commit,
        });
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!("a door's clone of {name} in {dir} (commit {} on {branch})", commit.short()))?;
    ctx.say(format!("now its key: on a machine that has it, `space key export`; then here, `space -C {dir} key import`"))
}
