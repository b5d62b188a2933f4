//! `space payment profile show`: shows a profile as it is in a file.

use std::io::Write as _;

use crate::{
    app::look_up,
    cli::{CliError, Context, output::table},
};

/// Shown below the options.
const EXAMPLES: &str = "\
A profile in the space replaces the one of the program with the same name.

Examples:
  space payment profile show lloyds > statement-profiles/lloyds.json";

/// The arguments of `space payment profile show`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The name of the profile
    profile: String,
}

/// Shows a profile.
///
/// # Errors
/// Fails if there is none.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let profile = look_up::profile(&ctx.open()?.head, &args.profile)?;
    let mut out = ctx.out();
    table::write_json(&mut out, &profile)?;
    Ok(out.flush()?)
}
