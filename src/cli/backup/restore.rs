//! `space backup restore`: makes a working machine from a bundle.

use std::path::PathBuf;

use super::verified;
use crate::{
    app::backup,
    cli::{
        CliError, Context,
        input::passphrase::PassphraseArgs,
        output::{Waiting, table},
    },
};

/// Shown below the options.
const NOTES: &str = "\
The whole file is compared with its seal first; if it was cut short or changed, nothing is written. Then
everything goes to where it was: the repository, the journals, /etc/space. As root on a machine with the
package, each file belongs to whom it belonged to. Nothing is overwritten. With a folder, the repository
goes there, and everything else into it, so that one can look at a backup anywhere.

Examples:
  sudo space backup restore makers.tar.age          # a machine like the one that died
  space backup restore makers.tar.age ./look        # only to look at it";

/// The arguments of `space backup restore`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The file that `space backup bundle` has written
    file: PathBuf,

    /// The folder for the repository, new or empty [default: where it was]
    dir: Option<PathBuf>,

    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Restores a bundle.
///
/// # Errors
/// Fails if the passphrase is another one, if the file is damaged, or if something is in the way.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let passphrase = args.passphrase.known()?;
    let waiting = Waiting::default();
    let done = backup::restore(&args.file, &passphrase, args.dir.as_deref(), &waiting, ctx.now)?;
    drop(waiting);
    for note in &done.notes {
        ctx.warn(note)?;
    }
    if ctx.json {
        table::write_json(&mut ctx.out(), &done)?;
        return verified::judge(ctx, &done.verified);
    }
    ctx.say(format!("restored {} into {}", done.space, done.dir.display()))?;
    let more = [
        ("beside the history", format!("{} files: journals and the like", done.state)),
        ("configuration", format!("{} files", done.configuration.len())),
    ];
    verified::show(ctx, &done.verified, &jiff::tz::TimeZone::UTC, &more)?;
    verified::judge(ctx, &done.verified)
}
