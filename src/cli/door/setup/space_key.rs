//! Brings the key of the space, which is never shown.

use std::path::Path;

use super::{
    args::Args,
    hand,
    step::{Act, Step},
};
use crate::cli::{CliError, input::prompt};

/// Where the key comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// A file or the standard input, which was read.
    Given(String),
    /// Somebody is asked for it.
    Asked,
}

impl Source {
    /// Finds out where the key comes from, and reads it if it is given.
    ///
    /// # Errors
    /// Fails if it cannot be read, or if there is nobody to ask.
    pub(super) fn of(args: &Args) -> Result<Self, CliError> {
        match &args.key_file {
            Some(file) if file == Path::new("-") => {
                Ok(Self::Given(std::io::read_to_string(std::io::stdin())?))
            }
            Some(file) => read(file).map(Self::Given),
            None if args.asks() || args.dry_run => Ok(Self::Asked),
            None => Err(CliError::user("the key of the space is missing").hint(
                "run `space key export --to space.key` on a machine that has it, bring the file here, and \
                 name it: --key-file space.key",
            )),
        }
    }

    /// Says where it comes from.
    pub(super) const fn words(&self) -> &'static str {
        match self {
            Self::Given(_) => "which was given",
            Self::Asked => "which you are asked for",
        }
    }
}

/// Imports the key; if it is the wrong one, whoever is there is asked again.
///
/// # Errors
/// Fails if a given key is not the right one.
pub(super) fn bring(source: &Source, step: &Step) -> Result<(), CliError> {
    let Some(Act::Run { user, command }) = step.acts.first() else { return Ok(()) };
    loop {
        let key = match source {
            Source::Given(key) => key.clone(),
            Source::Asked => ask()?,
        };
        let done = hand::output(user, command, Some(&key))?;
        if done.status.success() {
            return Ok(());
        }
        let wrong = CliError::user(hand::last_words(&done))
            .hint("run `space key export --to space.key` on a machine that has the right key");
        match source {
            Source::Given(_) => return Err(wrong),
            Source::Asked => wrong.report(false),
        }
    }
}

/// Asks for a file with the key, or for the key itself, which the terminal does not show.
fn ask() -> Result<String, CliError> {
    loop {
        let file =
            prompt::line("File with the key of the space (Enter: type the key instead)", None)?;
        if file.is_empty() {
            return prompt::secret("Key of the space, which is not shown");
        }
        match read(Path::new(&file)) {
            Ok(key) => return Ok(key),
            Err(error) => error.report(false),
        }
    }
}

fn read(file: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(file)
        .map_err(|error| CliError::user(format!("cannot read {}: {error}", file.display())))
}
