//! The passphrase of a backup: asked at the terminal, or read from a file.

use std::path::PathBuf;

use super::prompt;
use crate::{
    cli::CliError,
    integrations::sealed::{LEAST, Passphrase},
};

/// Where a passphrase comes from.
#[derive(clap::Args, Debug, Default)]
pub(in crate::cli) struct PassphraseArgs {
    /// Read the passphrase from this file [default: ask at the terminal, or read standard input]
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// Returns the passphrase of a backup that is there.
    ///
    /// # Errors
    /// Fails if the file cannot be read, or if nobody answers.
    pub(in crate::cli) fn known(&self) -> Result<Passphrase, CliError> {
        let text = match &self.passphrase_file {
            Some(_) => self.read()?,
            None => prompt::secret("passphrase")?,
        };
        // None is shorter, so this one opens nothing.
        Passphrase::new(&text).ok_or_else(too_short)
    }

    /// Returns a new passphrase; at the terminal it is asked twice.
    ///
    /// # Errors
    /// Fails if it is too short, if both answers differ, if the file cannot be read, or if nobody
    /// answers.
    pub(in crate::cli) fn new_one(&self) -> Result<Passphrase, CliError> {
        if self.passphrase_file.is_some() || !prompt::is_interactive() {
            return self.known();
        }
        let first = prompt::secret("a passphrase for the backup")?;
        let passphrase = Passphrase::new(&first).ok_or_else(too_short)?;
        if prompt::secret("once more")? != first {
            return Err(CliError::user("the two passphrases differ, so nothing was written"));
        }
        Ok(passphrase)
    }

    fn read(&self) -> Result<String, CliError> {
        let path = self.passphrase_file.clone().unwrap_or_default();
        let text = std::fs::read_to_string(&path);
        let text = text
            .map_err(|error| CliError::user(format!("cannot read {}: {error}", path.display())))?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }
}

fn too_short() -> CliError {
    CliError::user(format!("the passphrase has fewer than {LEAST} characters"))
        .hint("take five words that nobody would guess, and write them down where the safe is")
}
