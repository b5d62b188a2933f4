//! A fob or passcode on the command line.

use crate::{
    cli::{CliError, input::prompt},
    domain::model::Code,
};

/// The flags by which a code is given.
#[derive(clap::Args, Debug, Clone, Default)]
pub(in crate::cli) struct CodeArgs {
    /// A fob's number: decimal, facility-code,card or hex
    #[arg(long, value_name = "NUMBER", conflicts_with = "passcode")]
    pub fob: Option<String>,

    /// A passcode, digits only; `-` asks for it, so that it stays out of the shell's history
    #[arg(long, value_name = "DIGITS", allow_hyphen_values = true)]
    pub passcode: Option<String>,
}

impl CodeArgs {
    /// Returns the code that was given, if one was.
    ///
    /// # Errors
    /// That it is none, or that nobody is there to be asked.
    pub(in crate::cli) fn code(&self) -> Result<Option<Code>, CliError> {
        read(self.fob.as_deref(), self.passcode.as_deref())
    }
}

/// Reads a code from the values of two flags.
///
/// # Errors
/// That it is none, or that nobody is there to be asked.
pub(in crate::cli) fn read(
    fob: Option<&str>,
    passcode: Option<&str>,
) -> Result<Option<Code>, CliError> {
    match (fob, passcode) {
        (Some(number), _) => Ok(Some(Code::fob(number)?)),
        (_, Some("-")) => Ok(Some(Code::passcode(&prompt::secret("Passcode")?)?)),
        (_, Some(digits)) => Ok(Some(Code::passcode(digits)?)),
        _ => Ok(None),
    }
}
