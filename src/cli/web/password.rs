//! `space web password`: prints the hash of a password, for the configuration.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{CliError, Context, input::prompt},
    web,
};

/// Shown below the options.
const EXAMPLES: &str = "\
In /etc/space/web.toml:
  [login.ada]
  password = \"$argon2id$…\"  # what this command prints
  role = \"desk\"             # or view, or admin
  name = \"Ada Lovelace\"     # the author of what this login changes
  email = \"ada@example.org\"";

/// A password as the configuration has it.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Password {
    /// The hash.
    password: String,
}

/// The arguments of `space web password`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {}

/// Asks for a password, and prints its hash.
///
/// # Errors
/// Fails if the password is too short, or if it is not typed twice in the same way.
pub(super) fn run(ctx: &Context, _: &Args) -> Result<(), CliError> {
    let password = prompt::secret("Password")?;
    if prompt::is_interactive() && prompt::secret("The same again")? != password {
        return Err(CliError::user("these were two different passwords"));
    }
    let hash = web::hash_password(&password)?;
    ctx.record(&Password { password: hash.clone() }, &[("password", hash)])
}
