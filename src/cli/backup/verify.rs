//! `space backup verify`: proves that a copy can be restored.

use std::path::Path;

use super::verified;
use crate::{
    app::{
        backup::{self, Scratch, Verified},
        journals, zone,
    },
    cli::{CliError, Context, input::passphrase::PassphraseArgs, output::Waiting},
    integrations::sealed,
};

/// Shown below the options.
const EXAMPLES: &str = "\
The copy is cloned to a temporary folder. git looks at each object, every record is checked, the index is
compiled as at a door, and the last hundred activities of this machine are decided again by it. Of a file
that `space backup bundle` has written, a machine is made in a temporary folder, and the activities that
came with it are decided again.

Examples:
  space backup verify /media/stick/space.git
  space backup verify git@server:space.git
  space backup verify makers.tar.age";

/// The arguments of `space backup verify`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A clone, the address of a repository, or a file made by `space backup bundle` or `git bundle`
    copy: String,

    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Verifies a copy.
///
/// # Errors
/// Fails if the space could not be restored from it.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let here = ctx.store().ok();
    let found = match sealed::is_sealed(Path::new(&args.copy)) {
        true => {
            let passphrase = args.passphrase.known()?;
            let file = Path::new(&args.copy);
            backup::verify_bundle(file, &passphrase, &Waiting::default(), ctx.now)?
        }
        false => clone(ctx, args)?,
    };
    let zone =
        here.as_ref().and_then(|store| Some(zone::or_utc(&store.read(store.head().ok()?).ok()?)));
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    verified::show(ctx, &found, &zone, &[])?;
    verified::judge(ctx, &found)
}

/// Verifies what git can clone.
fn clone(ctx: &Context, args: &Args) -> Result<Verified, CliError> {
    // Beside a space, its journals and its key are compared too.
    let here = ctx.store().ok();
    let folder = here.as_ref().and_then(|store| journals::folder(store).ok());
    let key = here.as_ref().and_then(|store| store.key().ok());
    let (scratch, waiting) = (Scratch::new()?, Waiting::default());
    let _verifying = crate::app::progress::Underway::new(&waiting, "verifying");
    let to = scratch.path().join("copy.git");
    Ok(backup::verify(&args.copy, &to, folder.as_deref(), key.as_ref(), ctx.now)?)
}
