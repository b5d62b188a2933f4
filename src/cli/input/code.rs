//! A fob or passcode on the command line.

use crate::{
    cli::{CliError, Context, input::prompt},
    domain::model::Code,
};

/// The options that give a code.
#[derive(clap::Args, Debug, Clone, Default)]
pub(in crate::cli) struct CodeArgs {
    /// The fob's number: decimal, FACILITY-CODE,CARD or hexadecimal
    #[arg(long, value_name = "NUMBER", conflicts_with = "passcode")]
    pub fob: Option<String>,

    /// The passcode, digits only; `-` prompts for it, which keeps it out of the shell's history
    #[arg(long, value_name = "DIGITS", allow_hyphen_values = true)]
    pub passcode: Option<String>,
}

impl CodeArgs {
    /// Returns the given code, if there is one.
    ///
    /// # Errors
    /// Fails if the code is not valid, or if there is nobody to ask.
    pub(in crate::cli) fn code(&self, ctx: &Context) -> Result<Option<Code>, CliError> {
        read(ctx, self.fob.as_deref(), self.passcode.as_deref())
    }
}

/// Reads a code from the values of two options, and warns of a passcode that others could see.
///
/// # Errors
/// Fails if the code is not valid, or if there is nobody to ask.
pub(in crate::cli) fn read(
    ctx: &Context,
    fob: Option<&str>,
    passcode: Option<&str>,
) -> Result<Option<Code>, CliError> {
    match (fob, passcode) {
        (Some(number), _) => Ok(Some(Code::fob(number)?)),
        (_, Some("-")) => Ok(Some(Code::passcode(&prompt::secret("Passcode")?)?)),
        (_, Some(digits)) => {
            let code = Code::passcode(digits)?;
            ctx.warn(
                "others on this machine can see a passcode on the command line; \
                 `--passcode -` prompts for it instead",
            )?;
            Ok(Some(code))
        }
        _ => Ok(None),
    }
}
