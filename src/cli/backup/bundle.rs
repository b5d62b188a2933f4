//! `space backup bundle`: writes everything that this machine needs to one file.

use std::path::PathBuf;

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
In the file are the records with their history, the key, the journals and whatever else lies beside the
history, and this machine's configuration: /etc/space, and the keys that it fetches with. All of it is
sealed by the passphrase, which is nowhere else: write it down where the safe is. The file is one of age
with an archive of tar in it, so that other tools open it too: age -d FILE | tar x. What is not committed
is not in it. Run it as root on a machine whose configuration others may not read.

Examples:
  space backup bundle /media/stick/makers.tar.age
  space backup bundle makers.tar.age --passphrase-file /root/passphrase   # from crontab";

/// The arguments of `space backup bundle`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The file to write, which must not exist yet
    file: PathBuf,

    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Writes a bundle.
///
/// # Errors
/// Fails if the file exists, if the key is not here, or if something cannot be read or written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    if args.file.exists() {
        return Err(CliError::user(format!("{} already exists", args.file.display()))
            .hint("name a file that does not exist yet; each backup is kept"));
    }
    let passphrase = args.passphrase.new_one()?;
    let done = backup::bundle(&store, &args.file, &passphrase, &Waiting::default(), ctx.now)?;
    for why in &done.unreadable {
        ctx.warn(format!("left out, since it cannot be read: {why}"))?;
    }
    if !done.uncommitted.is_empty() {
        let files = done.uncommitted.join(", ");
        ctx.warn(format!("left out, since they are not committed: edits of {files}"))?;
    }
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &done)?);
    }
    let configuration = match done.configuration.len() {
        0 => "there is none on this machine".to_owned(),
        n => format!("{n} files of this machine"),
    };
    let kilobytes = done.bytes.div_ceil(1000);
    ctx.record(
        &done,
        &[
            ("newest commit", done.commit.short()),
            ("members", done.members.to_string()),
            ("key", "sealed by the passphrase".to_owned()),
            ("beside the history", format!("{} files: journals and the like", done.state)),
            ("configuration", configuration),
        ],
    )?;
    ctx.say(format!(
        "wrote {} ({kilobytes} kB); `space backup verify {0}` proves that it is good",
        args.file.display()
    ))
}
