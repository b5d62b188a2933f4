//! `space clone`: makes a clone that is ready to work in.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::{CliError, Context, output::table};
use crate::{
    app::{init, look_up},
    domain::model::{CommitId, SpaceKey},
    store::Store,
};

/// Shown below the options.
const EXAMPLES: &str = "\
The clone has the hooks that check what is committed, and git joins records in it as `space sync` does.

Examples:
  space clone git@server:space.git
  space clone https://git.example.org/space.git makers --key space.key";

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
    /// Whether the key is here.
    key: bool,
}

/// The arguments of `space clone`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The shared repository, as a path or URL for git
    url: String,

    /// The folder of the clone, new or empty [default: the name of the repository]
    dir: Option<PathBuf>,

    /// The file with the key of the space, as `space key export` writes it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Makes a clone.
///
/// # Errors
/// Fails if git cannot clone it, if it is not a space, or if the key is another one.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let key: Option<SpaceKey> = match &args.key {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                CliError::user(format!("cannot read {}: {error}", path.display()))
            })?;
            Some(text.trim().parse()?)
        }
    };
    let dir = args.dir.unwrap_or_else(|| PathBuf::from(last_name(&args.url)));
    let store = Store::clone_to_work(&args.url, &dir, ctx.now)?;
    let left_alone = init::install_hooks(&store)?;
    let head = store.read(store.head()?)?;
    let space = look_up::space(&head)?;
    let name = space.name;
    if let Some(key) = key {
        if let Some(id) = space.key_id.filter(|id| *id != key.id()) {
            return Err(CliError::user(format!(
                "this is key {}, but the codes of {name} were hashed with key {id}",
                key.id()
            ))
            .hint("the clone is made; import the right key with `space key import FILE`"));
        }
        store.set_key(&key)?;
    }
    if ctx.json {
        let answer = Cloned {
            dir,
            space: name,
            branch: store.branch()?,
            commit: head.id(),
            key: store.key().is_ok(),
        };
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    for hook in left_alone {
        ctx.warn(format!("{} was there already; it was left as it is", hook.display()))?;
    }
    let shown = dir.display();
    ctx.say(format!("cloned {name} into {shown} (commit {})", head.id().short()))?;
    if store.key().is_err() {
        ctx.say(format!(
            "next, bring its key: run `space key export --to space.key` on a machine that has it, then `space -C {shown} key import space.key` here"
        ))?;
    }
    Ok(())
}

/// Returns the name that git gives the folder of a clone.
fn last_name(url: &str) -> String {
    let path = url.trim_end_matches('/').trim_end_matches(".git").trim_end_matches('/');
    let name = path.rsplit(['/', ':']).next().unwrap_or_default();
    if name.is_empty() { "space".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::last_name;

    #[test]
    fn a_clone_is_named_as_git_would() {
        for (url, name) in [
            ("git@server:space.git", "space"),
            ("https://git.example.org/makers/space.git/", "space"),
            ("/srv/space", "space"),
            ("../makers.git", "makers"),
            ("/", "space"),
        ] {
            assert_eq!(last_name(url), name, "{url}");
        }
    }
}
